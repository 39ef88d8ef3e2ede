import * as say from '../../i18n/texts.ts';
import { looksStreamable } from '../../mcp/transport/advice.ts';
import type { TransportKind } from '../../mcp/transport/transport.ts';
import type { Page, SessionChoice } from '../../state/page.ts';
import { t, translate } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import { QuietButton } from '../parts/quiet-button.tsx';
import { Countdown } from './countdown.tsx';
import { phaseOf } from './phase.ts';
import { PhaseGlyph } from './phase-glyph.tsx';
import { reasonText } from './reason-text.ts';
import { SessionDetails } from './session-details.tsx';
import { SessionFacts } from './session-facts.tsx';
import { TransportLine } from './transport-line.tsx';
import { useStatus } from './use-status.ts';

interface SessionCardProps {
    page: Page;
    connection: Connection;
    /** Adds another session. */
    onOpen(choice: SessionChoice): void;
    onRemove(): void;
}

/**
 * The status of a session, and its buttons. The whole card is the button that selects the session; its text lies above
 * it.
 */
export function SessionCard({ page, connection, onOpen, onRemove }: SessionCardProps) {
    const { key } = connection;
    // Always from the page's own record, even during a replay.
    const status = useStatus(page.record, key);
    const state = connection.state.value;
    const phase = phaseOf(state, status?.phase);
    const reason = reasonText(page, connection, phase, status);
    const isClosed = phase === 'closed';
    const offer = state.status === 'disconnected' ? state.offer : undefined;
    const change = t(isClosed ? say.sessions.connect : say.sessions.disconnect);
    const name = t(say.sessions.named, { key });

    return (
        <li
            class="session-card"
            data-phase={phase}
            data-colour={status?.colour}
            data-failed={reason !== undefined && status?.closed?.reason !== 'asked'}
        >
            <button
                type="button"
                class="choose"
                data-key={key}
                aria-label={t(say.sessions.session, { key })}
                aria-pressed={page.current.value === connection}
                onClick={() => page.select(connection)}
            >
                <span class="badge">{key}</span>
            </button>
            <div class="status" role="status" aria-label={t(say.sessions.session, { key })}>
                <p class="phase">
                    <PhaseGlyph phase={phase} /> {t(say.status[phase])}
                </p>
                {state.status === 'connected' && <p class="server">{translate(state.server)}</p>}
                {reason && <p class="reason">{translate(reason)}</p>}
            </div>
            {offer && (
                <button type="button" class="offer" onClick={() => onOpen(choiceOf(connection, offer))}>
                    {t(say.sessions.openAs, { transport: t(say.sessions[offer]) })}
                </button>
            )}
            {(phase === 'dropped' || phase === 'unreached') && status && (
                <Countdown status={status} record={page.record} />
            )}
            <TransportLine connection={connection} />
            <div class="session-foot">
                <SessionFacts connection={connection} status={status} isOwn={page.isOwn(connection)} />
                <SessionDetails connection={connection} />
                <QuietButton
                    aria-label={`${change} ${name}`}
                    onClick={() => (isClosed ? void page.start(connection) : page.stop(connection))}
                >
                    {change}
                </QuietButton>
            </div>
            <QuietButton
                look="remove"
                aria-label={`${t(say.sessions.remove)} ${name}`}
                title={t(say.sessions.remove)}
                onClick={onRemove}
            >
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M4 4l8 8M12 4l-8 8" />
                </svg>
            </QuietButton>
        </li>
    );
}

/** The same server over the other transport. */
function choiceOf({ url, reader }: Connection, transport: TransportKind): SessionChoice {
    const address = new URL(url);
    // Many servers have both transports, next to each other.
    const isElsewhere = transport === 'sse' && looksStreamable(address, '');
    return { url: isElsewhere ? new URL('sse', address).href : url, transport, reader };
}
