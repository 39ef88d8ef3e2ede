import { askServer, assertDone, type ServerOptions, toPost } from '../own-server/ask-server.ts';

/** What the server can do to one of the page's sessions, over HTTP+SSE, where it is run for a lesson. */
export interface Faults {
    /** Breaks the stream off; the browser opens it again by itself, and misses nothing. */
    drop(sessionId: string): Promise<void>;
    /** Nothing reaches the reader for so many milliseconds; then all comes at once. */
    stall(sessionId: string, ms: number): Promise<void>;
    /** For so many milliseconds every request of the session is broken off, its stream first. */
    outage(sessionId: string, ms: number): Promise<void>;
    /** The server knows the session no more. */
    forget(sessionId: string): Promise<void>;
}

/** All methods throw `PageError`: `unreachable`, or `refused` if the server did not do it. */
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
