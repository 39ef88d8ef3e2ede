import { askServer, assertDone, type ServerOptions, toPost } from '../own-server/ask-server.ts';

/** The faults that the server injects into a session of the page if it runs with `TEACHING_FAULTS`. */
export type Faults = ReturnType<typeof createFaults>;

/** All methods throw a `PageError`: `unreachable`, or `refused` if the server did not inject the fault. */
export function createFaults(server: ServerOptions) {
    const cause = async (fault: string, body: object): Promise<void> =>
        assertDone(await askServer(server, `faults/${fault}`, toPost(body)));
    return {
        /** Ends the stream. The browser opens it again and receives what it missed. */
        drop: (sessionId: string) => cause('drop', { sessionId }),
        /** Holds the stream back for `ms` milliseconds, then sends everything at once. */
        stall: (sessionId: string, ms: number) => cause('stall', { sessionId, ms }),
        /** Breaks the stream and, for `ms` milliseconds, every request of the session. */
        outage: (sessionId: string, ms: number) => cause('outage', { sessionId, ms }),
        /** Makes the server forget the session. */
        forget: (sessionId: string) => cause('forget', { sessionId })
    };
}
