import { askServer, assertDone, type ServerOptions, toPost } from '../own-server/ask-server.ts';

/** The faults that the server injects into a session of the page if it runs with `TEACHING_FAULTS`. */
export interface Faults {
    /** Ends the stream. The browser opens it again and receives what it missed. */
    drop(sessionId: string): Promise<void>;
    /** Holds the stream back for `ms` milliseconds, then sends everything at once. */
    stall(sessionId: string, ms: number): Promise<void>;
    /** Breaks the stream and, for `ms` milliseconds, every request of the session. */
    outage(sessionId: string, ms: number): Promise<void>;
    /** Makes the server forget the session. */
    forget(sessionId: string): Promise<void>;
}

/** All methods throw a `PageError`: `unreachable`, or `refused` if the server did not inject the fault. */
export function createFaults(server: ServerOptions): Faults {
    const cause = async (fault: keyof Faults, body: object): Promise<void> =>
        assertDone(await askServer(server, `faults/${fault}`, toPost(body)));
    return {
        drop: sessionId => cause('drop', { sessionId }),
        stall: (sessionId, ms) => cause('stall', { sessionId, ms }),
        outage: (sessionId, ms) => cause('outage', { sessionId, ms }),
        forget: sessionId => cause('forget', { sessionId })
    };
}
