import type { ConnectionState } from '../../state/session/connection.ts';
import type { SessionStatus } from '../../wire/status/session-status.ts';

export type Phase = SessionStatus['phase'];

/**
 * The phase of a session: as the record says, but not open before the handshake is done. Steps before the request for
 * the stream, such as signing in, are not in the record.
 */
export function phaseOf({ status }: Pick<ConnectionState, 'status'>, recorded: Phase | undefined): Phase {
    if (status === 'disconnected') return 'closed';
    if (recorded === undefined || recorded === 'closed') return 'connecting';
    const isOpen = recorded === 'open' || recorded === 'resumed';
    return isOpen && status !== 'connected' ? 'connecting' : recorded;
}
