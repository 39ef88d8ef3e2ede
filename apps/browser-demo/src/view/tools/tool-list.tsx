import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import { ToolCard } from './tool-card.tsx';

/** The tools that the server lists, a card each. */
export function ToolList({ connection }: { connection: Connection }) {
    const state = connection.tools.value;
    if (state.status === 'none') return <p class="empty">{t('tools.empty')}</p>;
    if (state.status === 'failed') return <p class="failure">{t('tools.failed', { reason: state.reason })}</p>;
    return (
        <div class="cards">
            {state.tools.map(tool => (
                <ToolCard key={JSON.stringify(tool)} tool={tool} callTool={connection.session.callTool} />
            ))}
        </div>
    );
}
