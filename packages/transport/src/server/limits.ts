import { defaultBounds, type MessageBounds } from '../message/json-bounds.ts';

export { LONGEST_TIMER_MS } from '../clock.ts';

/** How much one server takes on. Every limit has a default that suits a public server. */
export interface Limits extends MessageBounds {
    /**
     * Sessions at once, those that wait to be resumed included, and a tenth more for clients that hold few. Then an
     * unused or idle session gives way, and if there is none, a new session is refused with 503.
     * @default 10000
     */
    maxSessions: number;
    /**
     * Requests of one session that are not answered yet; more are refused with 429.
     * @default 256
     */
    maxInFlight: number;
    /**
     * Bytes of messages that one session keeps, unsent ones and sent ones for replay. Above the limit, sent messages are
     * dropped, and then the client that is furthest behind is disconnected. Above twice the limit, its messages are
     * given up: a session of HTTP+SSE ends, one of Streamable HTTP loses the stream. The two newest messages, and the
     * largest one that is being written, are kept whatever their size.
     * @default 1 MiB
     */
    maxBufferedBytes: number;
    /**
     * Silence on a stream after which a comment is sent, in milliseconds, so that nobody between takes it for dead.
     * @default 15000
     */
    heartbeatMs: number;
    /**
     * How long a stream that has dropped waits for its client, and how long a message that was sent is kept for it, in
     * milliseconds; 0 keeps nothing. A session of HTTP+SSE ends with its stream; one of Streamable HTTP goes on.
     * @default 60000
     */
    resumeWindowMs: number;
    /**
     * Answered POSTs that one session remembers, to recognize a retry that is marked by `Idempotency-Key`; some hundred
     * bytes each. They are remembered for `resumeWindowMs`, for a minute at least. A session with more of them in that
     * time refuses a marked retry that it does not recognize.
     * @default 16384: more than the rate limit of one client lets through in that time
     */
    maxRememberedPosts: number;
    /**
     * Time without any message after which a session ends, in milliseconds. What the server says while nobody listens
     * does not count, except a reply.
     * @default 1800000 (30 minutes)
     */
    sessionIdleMs: number;
    /**
     * The same for a session of Streamable HTTP without an open stream, if shorter: many clients never end theirs.
     * @default 300000 (5 minutes)
     */
    streamlessIdleMs: number;
    /**
     * The same for a session of Streamable HTTP that has not been used since `initialize`, if shorter.
     * @default 60000
     */
    unusedIdleMs: number;
    /**
     * How long a client is told to wait before it reconnects (`retry:`), in milliseconds.
     * @default 2000
     */
    retryMs: number;
}

export const defaultLimits: Readonly<Limits> = Object.freeze({
    ...defaultBounds,
    maxSessions: 10_000,
    maxInFlight: 256,
    maxBufferedBytes: 1024 * 1024,
    heartbeatMs: 15_000,
    resumeWindowMs: 60_000,
    maxRememberedPosts: 16_384,
    sessionIdleMs: 30 * 60_000,
    streamlessIdleMs: 5 * 60_000,
    unusedIdleMs: 60_000,
    retryMs: 2000
});
