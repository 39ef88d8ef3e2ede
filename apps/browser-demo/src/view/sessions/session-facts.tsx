import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import type { SessionStatus } from '../../wire/status/session-status.ts';

interface SessionFactsProps {
    connection: Connection;
    status: SessionStatus | undefined;
    /** Whether the session is with the page's own server, whose name is not shown. */
    isOwn: boolean;
}

/** What distinguishes a session: its id, its server and reader unless they are the default, its drops. */
export function SessionFacts({ connection, status, isOwn }: SessionFactsProps) {
    const { reader, url, transport } = connection;
    const drops = status?.drops ?? 0;
    // Also shown while the stream is down: the same id afterwards shows that the session was resumed.
    const id = status?.phase === 'closed' ? '' : (status?.sessionId ?? '');
    return (
        <p class="session-facts">
            {id !== '' && (
                <code class="session-id" title={t(say.sessions.id)}>
                    {id.slice(0, 8)}
                </code>
            )}
            {!isOwn && <code title={url}>{new URL(url).host}</code>}
            {transport === 'sse' && reader === 'raw' && <code title={t(say.sessions.readByFetch)}>fetch</code>}
            {drops > 0 && (
                <span>{drops === 1 ? t(say.sessions.oneDrop) : t(say.sessions.drops, { count: drops })}</span>
            )}
        </p>
    );
}
