import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { createAdvice } from '../../mcp/transport/advice.ts';
import type { Page } from '../../state/page.ts';
import type { Connection } from '../../state/session/connection.ts';
import type { SessionStatus } from '../../wire/status/session-status.ts';
import type { Phase } from './phase.ts';

/** Why a session is not open, if there is more to say than the phase. */
export function reasonText(
    page: Page,
    connection: Connection,
    phase: Phase,
    status: SessionStatus | undefined
): Message | string | undefined {
    const state = connection.state.value;
    if (state.status === 'disconnected') {
        return state.reason ?? (status?.closed ? message(say.sessions.closedHere) : undefined);
    }
    // The stream was never open: the server did not answer, or the reader does not know the answer.
    if (phase === 'unreached' && state.status === 'connecting') {
        return createAdvice(new URL(connection.url), new URL(page.streamUrl).origin).unreachable();
    }
    return undefined;
}
