import { defaultBounds, type MessageBounds } from '../message/json-bounds.ts';

export { LONGEST_TIMER_MS } from '../clock.ts';

/** The limits of one server. The defaults suit a public server. */
export interface Limits extends MessageBounds {
    /**
     * Number of sessions, including those that wait to be resumed. Clients that hold few sessions may open a tenth more.
     * At the limit, a new session evicts an unused or idle one. If there is none, the new session is rejected with 503.
     * @default 10000
     */
    maxSessions: number;
    /**
     * Unanswered requests of one session. Further requests are rejected with 429.
     * @default 256
     */
    maxInFlight: number;
    /**
     * Bytes of messages that one session keeps: unsent messages, and sent messages for replay. Above the limit, the oldest
     * sent messages are dropped. If that is not enough, the stream with the most unsent bytes is disconnected. Above twice
     * the limit, the messages of that stream are dropped: a session of HTTP+SSE ends, one of Streamable HTTP loses the
     * stream. The two newest messages are kept whatever their size, and the largest write in transit does not count.
     * @default 1 MiB
     */
    maxBufferedBytes: number;
    /**
     * Time without data after which a stream sends a comment, in milliseconds. It keeps proxies from closing the stream.
     * @default 15000
     */
    heartbeatMs: number;
    /**
     * How long a dropped stream can be resumed, and how long a sent message is kept for replay, in milliseconds. 0
     * disables resuming. After that time a session of HTTP+SSE ends; one of Streamable HTTP continues.
     * @default 60000
     */
    resumeWindowMs: number;
    /**
     * Answered POSTs that one session remembers, so that it recognizes a retry marked with `Idempotency-Key`. Each takes
     * about a hundred bytes, for `resumeWindowMs` but at least a minute. A session that had to forget POSTs earlier
     * rejects marked retries that it does not recognize.
     * @default 16384: more than the rate limit allows one client in that time
     */
    maxRememberedPosts: number;
    /**
     * Time without any message after which a session ends, in milliseconds. Notifications and requests that the server
     * sends while no stream is open do not count.
     * @default 1800000 (30 minutes)
     */
    sessionIdleMs: number;
    /**
     * The same for a session of Streamable HTTP without an open stream, if shorter. Many clients never end their sessions.
     * @default 300000 (5 minutes)
     */
    streamlessIdleMs: number;
    /**
     * The same for a session of Streamable HTTP that has not been used since `initialize`, if shorter.
     * @default 60000
     */
    unusedIdleMs: number;
    /**
     * How long a client waits before it reconnects, in milliseconds. It is sent as `retry:`.
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
