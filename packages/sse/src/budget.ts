/** Whatever keeps messages at the expense of a budget. */
export interface Spender {
    /** Forgets its oldest message, if its client has that one or nobody waits for it. */
    forgetOne(): boolean;
    /** Cuts off a reader that is behind. */
    cutOff(): boolean;
}

/**
 * What one session may keep, however many ways to the client it has. The two newest messages are kept whatever their
 * size. What is in transit does not count: one large reply would use it all up.
 */
export class Budget {
    readonly #maxBytes: number;
    readonly #spenders = new Set<Spender>();
    bytes = 0;
    bytesInTransit = 0;
    messages = 0;
    /** How many readers are, or will be when they are back, busy with what waited for them. */
    catchingUp = 0;

    constructor(maxBytes: number) {
        this.#maxBytes = maxBytes;
    }

    join(spender: Spender): void {
        this.#spenders.add(spender);
    }

    leave(spender: Spender): void {
        this.#spenders.delete(spender);
    }

    /**
     * Before a message is added: forgets the oldest ones, as far as they may be. If that does not do, a reader is cut
     * off: what is kept is then all that it can ask for, and as much again may come until it has caught up.
     *
     * @returns false if there is no room all the same.
     */
    makeRoom(): boolean {
        while (this.messages > 1) {
            const limit = this.catchingUp > 0 ? 2 * this.#maxBytes : this.#maxBytes;
            if (this.bytes - this.bytesInTransit <= limit) return true;
            if (this.#some(spender => spender.forgetOne())) continue;
            return this.#some(spender => spender.cutOff());
        }
        return true;
    }

    #some(relieves: (spender: Spender) => boolean): boolean {
        // Oldest first. Whoever has nothing left leaves meanwhile.
        for (const spender of this.#spenders) {
            if (relieves(spender)) return true;
        }
        return false;
    }
}
