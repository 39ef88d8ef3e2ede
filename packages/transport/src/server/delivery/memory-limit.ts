/** Whatever keeps messages at the expense of a budget. */
export interface Spender {
    /** Forgets its oldest message, if its client has that one or nobody waits for it. */
    forgetOne(): boolean;
    /** Cuts off a reader that is behind. */
    cutOff(): boolean;
    /** Gives up all that it keeps for a client that is away, if the session can do without. */
    giveUp(): boolean;
}

/** How many times the limit may be in transit, on all streams of a session together. */
const IN_TRANSIT = 8;

/**
 * What one session may keep, however many ways to the client it has. The two newest messages are kept whatever their
 * size. What is in transit does not count, within limits of its own: one large reply would use it all up.
 */
export class Budget {
    readonly #maxBytes: number;
    /** Oldest first. An array, since nearly all sessions have one, and a set takes as much as a session's log. */
    readonly #spenders: Spender[] = [];
    #bytesInTransit = 0;
    #largestInTransit = 0;
    bytes = 0;
    messages = 0;
    /** How many readers are, or will be when they are back, busy with what waited for them. */
    catchingUp = 0;

    constructor(maxBytes: number) {
        this.#maxBytes = maxBytes;
    }

    join(spender: Spender): void {
        this.#spenders.push(spender);
    }

    leave(spender: Spender): void {
        const index = this.#spenders.indexOf(spender);
        if (index !== -1) this.#spenders.splice(index, 1);
    }

    /** Notes that one spender has so much in transit now, and had so much before; in bytes. */
    setInTransit(bytes: number, before: number): void {
        this.#bytesInTransit += bytes - before;
        this.#largestInTransit = this.#bytesInTransit === 0 ? 0 : Math.max(this.#largestInTransit, bytes);
    }

    /**
     * Before something is added: forgets the oldest messages, as far as they may be. If that does not do, a reader is
     * cut off: what is kept is then all that it can ask for, and as much again may come until it has caught up. If that
     * does not do either, what is kept for clients that are away is given up, the oldest first.
     *
     * @returns false if there is no room all the same.
     */
    makeRoom(): boolean {
        while (this.#isOver()) {
            if (this.#some(spender => spender.forgetOne())) continue;
            if (this.messages <= 1) return true;
            if (this.#some(spender => spender.giveUp())) continue;
            return this.#some(spender => spender.cutOff());
        }
        return true;
    }

    #isOver(): boolean {
        const limit = this.catchingUp > 0 ? 2 * this.#maxBytes : this.#maxBytes;
        const exempt = Math.min(this.#bytesInTransit, Math.max(this.#largestInTransit, IN_TRANSIT * this.#maxBytes));
        return this.bytes - exempt > limit;
    }

    #some(relieves: (spender: Spender) => boolean): boolean {
        for (const spender of this.#spenders) {
            if (relieves(spender)) return true;
        }
        return false;
    }
}
