import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';
import { RichText } from '../parts/rich-text.tsx';
import { CrowdCard } from './crowd-card.tsx';
import { TokenCard, UnknownCard } from './stranger-cards.tsx';
import { DropCard, OutageCard, StallCard } from './stream-cards.tsx';

/** What goes wrong in the field, to be tried here: a button and an explanation each. */
export function TroublePanel({ page }: { page: Page }) {
    return (
        <>
            {page.connections.value.map(connection => (
                // Hidden only, so that what came of them is there again.
                <div key={connection.key} hidden={connection !== page.current.value}>
                    <Troubles page={page} connection={connection} />
                </div>
            ))}
        </>
    );
}

function Troubles({ page, connection }: { page: Page; connection: Connection }) {
    const isOwn = page.isOwn(connection);
    const props = { page, connection, isReady: isOwn && connection.state.value.status === 'connected' };
    return (
        <div class="cards troubles">
            <div class="trouble-intro">
                <p>
                    <RichText text={t('trouble.intro')} /> <SessionName page={page} connection={connection} />
                </p>
                <Hindrance page={page} connection={connection} />
            </div>
            <DropCard {...props} />
            <OutageCard {...props} />
            <StallCard {...props} />
            <TokenCard {...props} />
            <UnknownCard {...props} />
            <CrowdCard {...props} />
        </div>
    );
}

function SessionName({ page, connection: { key } }: { page: Page; connection: Connection }) {
    const { sessions, revision } = page.record;
    void revision.value;
    return (
        <strong class="trouble-session" data-colour={sessions.get(key)?.colour ?? 0}>
            {t('trouble.session', { session: key })}
        </strong>
    );
}

/** Why not all of it can be tried, and what to do. */
function Hindrance({ page, connection }: { page: Page; connection: Connection }) {
    const { status } = connection.state.value;
    const notes: string[] = [];
    if (!page.isOwn(connection)) notes.push(t('trouble.other', { origin: new URL(connection.url).origin }));
    else {
        if (status === 'disconnected') notes.push(t('trouble.unconnected'));
        // Before the first answer of the server nobody knows.
        else if (status === 'connected' && !page.faults.value) notes.push(t('trouble.off'));
    }
    return (
        <>
            {notes.map(note => (
                <p key={note} class="notice">
                    <RichText text={note} />
                </p>
            ))}
        </>
    );
}
