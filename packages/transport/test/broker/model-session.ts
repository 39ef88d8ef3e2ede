import type { TestHub, TestProcess } from './test-hub.ts';

/** What a process believes of a session that it has claimed. The broker may know better. */
export interface Belief {
    fence: number;
    /** Numbers of the requests that it has, and the last one. */
    entries: Map<number, number>;
    after: number;
}

/** A session as the clients see it. */
export interface ModelSession {
    /** Requests that were accepted, and whether they are settled: answered or cancelled. */
    readonly accepted: Map<number, boolean>;
    /** Fences of the owners until now; the last one may write. */
    fence: number;
    /** Whether the last owner has released it. */
    isFree: boolean;
    readonly events: string[];
    /** The holder of stream 0, and what the last one that gave it up had sent. */
    holder: TestProcess | undefined;
    sent: number;
    /** The last process that held stream 0. It sees to it that the session ends if its client does not come back. */
    lastHolder: TestProcess | undefined;
    isOpen: boolean;
}

export interface Real {
    readonly hub: TestHub;
    readonly processes: TestProcess[];
    readonly beliefs: Map<TestProcess, Map<string, Belief>>;
    /** Those that have not crashed. */
    readonly alive: TestProcess[];
}

/** Whether a process with this belief owns the session. */
export function mayWrite(session: ModelSession, { fence }: Belief): boolean {
    return session.isOpen && !session.isFree && session.fence === fence;
}
