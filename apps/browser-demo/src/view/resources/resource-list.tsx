import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';

/** The resources that the server lists, a card each. */
export function ResourceList({ connection }: { connection: Connection }) {
    void connection;
    return <p class="empty">{t('resources.empty')}</p>;
}
