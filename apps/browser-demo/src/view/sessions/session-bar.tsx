import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';
import { SessionCard } from './session-card.tsx';

/** The sessions of this page, side by side. */
export function SessionBar({ page, hidden }: { page: Page; hidden: boolean }) {
    return (
        <section class="sessions" aria-label={t('sessions.label')} hidden={hidden}>
            {page.connections.value.map(connection => (
                <SessionCard key={connection.key} page={page} connection={connection} />
            ))}
        </section>
    );
}
