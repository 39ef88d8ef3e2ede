import type { ConfigErrorCode } from '../config/config-error.ts';

/** What a worker sends to the primary process. */
export type ToPrimary =
    | { kind: 'listening'; url: string }
    | { kind: 'failed'; code: ConfigErrorCode; message: string }
    | { kind: 'take-permits'; client: string };

/** What the primary process sends to a worker. */
export type ToWorker = { kind: 'stop' } | ({ kind: 'permits'; client: string } & Permits);

/** Requests that a worker may let through without asking again. */
export interface Permits {
    granted: number;
    /** What the client has left for all workers, besides those. */
    left: number;
    /** When the window of time ends, in milliseconds since 1970. */
    resetAt: number;
}
