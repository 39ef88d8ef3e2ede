import { useId } from 'preact/hooks';
import type { Connection } from '../state/connection.ts';
import { t } from '../state/language.ts';
import { ToolCard } from './tool-card.tsx';

/** The tools that the server lists, a card each. */
export function ToolList({ connection, hidden }: { connection: Connection; hidden: boolean }) {
    const headingId = useId();
    return (
        <section class="column" aria-labelledby={headingId} hidden={hidden}>
            <div class="column-head">
                <h2 id={headingId} tabIndex={-1}>
                    {t('tools.heading')}
                </h2>
            </div>
            <div class="tools">
                <Tools connection={connection} />
            </div>
        </section>
    );
}

function Tools({ connection }: { connection: Connection }) {
    const state = connection.tools.value;
    if (state.status === 'none') return <p class="empty">{t('tools.empty')}</p>;
    if (state.status === 'failed') return <p class="failure">{t('tools.failed', { reason: state.reason })}</p>;
    return (
        <>
            {state.tools.map(tool => (
                <ToolCard key={JSON.stringify(tool)} tool={tool} callTool={connection.session.callTool} />
            ))}
        </>
    );
}
