/** The messages for one stream, as the limit of their session sees them. */
export interface MessageHolder {
    /** Memory that the messages take, in bytes. */
    readonly bytes: number;
    /** Drops the oldest message if no client needs it. Returns false if there is no such message. */
    dropOldest(): boolean;
    /** Disconnects a slow client. Returns false if no client is connected, or if it is still reading a backlog. */
    disconnect(): boolean;
    /** Drops all messages. Returns false if the session is of no use without them. */
    giveUp(): boolean;
}

/** The session that a limit belongs to. */
export interface LimitedSession {
    /** All messages of the session, the oldest stream first. */
    holders(): Iterable<MessageHolder>;
}

/**
 * The memory that the messages of one session take, on all its streams together. Above the limit, messages that were
 * sent are dropped, oldest first. If that is not enough, the client of the stream with the most unsent bytes is
 * disconnected; it may resume. Above twice the limit, the messages of that stream are given up.
 *
 * The newest message and the one to be added are kept whatever their size. The largest write that the network has not taken yet does not
 * count, so that one large message can be sent at the client's pace.
 */
export class MemoryLimit {
    readonly #maxBytes: number;
    #bytesInTransit = 0;
    #largestInTransit = 0;
    bytes = 0;
    messages = 0;

    constructor(maxBytes: number) {
        this.#maxBytes = maxBytes;
    }

    /** Notes how many bytes of one stream are in transit now, and how many were before. */
    setInTransit(bytes: number, before: number): void {
        this.#bytesInTransit += bytes - before;
        this.#largestInTransit = this.#bytesInTransit === 0 ? 0 : Math.max(this.#largestInTransit, bytes);
    }

    /** Makes room for one more message. Returns false if the session has to end instead. */
    makeRoom(session: LimitedSession): boolean {
        if (!this.#exceeds(this.#maxBytes)) return true;
        for (const holder of session.holders()) {
            while (holder.dropOldest()) if (!this.#exceeds(this.#maxBytes)) return true;
        }
        while (this.messages > 1 && this.#exceeds(this.#maxBytes)) {
            const largest = findLargest(session.holders());
            if (largest?.disconnect() || !this.#exceeds(2 * this.#maxBytes)) return true;
            if (!largest?.giveUp()) return false;
        }
        return true;
    }

    #exceeds(maxBytes: number): boolean {
        return this.bytes - Math.min(this.#bytesInTransit, this.#largestInTransit) > maxBytes;
    }
}

function findLargest(holders: Iterable<MessageHolder>): MessageHolder | undefined {
    let largest: MessageHolder | undefined;
    for (const holder of holders) if (!largest || holder.bytes > largest.bytes) largest = holder;
    return largest;
}
