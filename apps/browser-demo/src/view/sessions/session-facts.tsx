import type { SessionStatus } from '../../model/sessions.ts';
import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';

interface SessionFactsProps {
    connection: Connection;
    status: SessionStatus | undefined;
    /** Whether it is with the server of this page, which needs no name. */
    isOwn: boolean;
}

/** What tells a session from the others: its id, its server and reader where they are not the usual, its drops. */
export function SessionFacts({ connection, status, isOwn }: SessionFactsProps) {
    const { reader, url } = connection;
    const state = connection.state.value;
    const drops = status?.drops ?? 0;
    return (
        <p class="session-facts">
            {state.status === 'connected' && state.sessionId !== '' && (
                <code class="session-id" title={t('sessions.id')}>
                    {state.sessionId.slice(0, 8)}
                </code>
            )}
            {!isOwn && <code title={url}>{new URL(url).host}</code>}
            {reader === 'raw' && <code title={t('sessions.readByFetch')}>fetch</code>}
            {drops > 0 && <span>{drops === 1 ? t('sessions.oneDrop') : t('sessions.drops', { count: drops })}</span>}
        </p>
    );
}
