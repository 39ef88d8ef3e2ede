/** The limits of a session. All processes that share a broker have the same. */
export interface BrokerLimits {
    /**
     * Most sessions of all processes. Above it, a client with less than a hundredth of them may open one of a tenth more.
     */
    maxSessions: number;
    /** Time without any use after which a session ends, in milliseconds. It may last an eighth longer. */
    idleMs: number;
    /**
     * Most unanswered requests of a session. Of all messages that are not settled, twice as many. A request also counts while
     * its answer waits for the holder of its stream, if that is not the owner, but no longer than `ANSWER_READ_MS`.
     */
    maxInFlight: number;
    /**
     * Most bytes of JSON of messages that are not settled; for POSTs without a request, twice as many. One POST is accepted
     * whatever its size, if nothing else waits.
     */
    maxInboxBytes: number;
    /** Most events that a stream keeps; older ones are trimmed. */
    maxEvents: number;
    /**
     * Most bytes of JSON that the events of all streams of a session take, besides the `LEAST_EVENTS` newest events of
     * stream 0, the newest one of each other stream that has not ended, and answers that their holders have still to read.
     * Above it, streams that have ended are dropped, and then the oldest events of the stream that gets a new one.
     */
    maxBytes: number;
    /** How long a POST and the stream of its answer are kept after it was answered, in milliseconds. */
    rememberMs: number;
    /** Most answered POSTs that a session remembers. */
    maxRememberedPosts: number;
}

/** `takeInbox` returns no more messages after so many bytes of JSON. */
export const TAKE_BYTES = 1024 * 1024;

/**
 * Events of stream 0 that are kept whatever their size, so that a client which was disconnected because it did not keep up
 * can resume: one that was on its way, and two that waited.
 */
export const LEAST_EVENTS = 3;

/** How long a stream that has ended is there for its holder in any case, in milliseconds. */
export const ANSWER_READ_MS = 5000;
