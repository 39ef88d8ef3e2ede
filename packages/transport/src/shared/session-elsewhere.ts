import type { SessionInfo } from '../server/types.ts';
import type { OpenStream } from './shared-context.ts';

/** What is known of a session that another process owns. */
export function toElsewhere({ transport, sessionId: id, isOpen }: OpenStream, end: () => void): SessionInfo {
    return {
        transport,
        id,
        authInfo: undefined,
        inFlight: 0,
        bufferedBytes: 0,
        isOpen,
        close: async () => end()
    };
}
