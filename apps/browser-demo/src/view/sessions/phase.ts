import type { ConnectionState } from '../../state/session/connection.ts';
import type { SessionStatus } from '../../wire/session-status.ts';

export type Phase = SessionStatus['phase'];

/**
 * How a session is, as the record tells it; yet it is not open before the handshake is done. What happens before the
 * stream is asked for, such as signing in, is in no record.
 */
export function phaseOf({ status }: Pick<ConnectionState, 'status'>, recorded: Phase | undefined): Phase {
    if (status === 'disconnected') return 'closed';
    if (recorded === undefined || recorded === 'closed') return 'connecting';
    const isOpen = recorded === 'open' || recorded === 'resumed';
    return isOpen && status !== 'connected' ? 'connecting' : recorded;
}
