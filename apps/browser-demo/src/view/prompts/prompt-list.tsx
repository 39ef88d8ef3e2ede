import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';

/** The prompts that the server lists, a card each. */
export function PromptList({ connection }: { connection: Connection }) {
    void connection;
    return <p class="empty">{t('prompts.empty')}</p>;
}
