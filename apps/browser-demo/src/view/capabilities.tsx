import type { ComponentChildren } from 'preact';
import type { Connection } from '../state/connection.ts';
import { t } from '../state/language.ts';
import type { Page } from '../state/page.ts';
import { SessionPanel } from './parts/session-panel.tsx';
import { Tabs } from './parts/tabs.tsx';
import { PromptList } from './prompts/prompt-list.tsx';
import { ResourceList } from './resources/resource-list.tsx';
import { ToolList } from './tools/tool-list.tsx';
import { TroublePanel } from './trouble/trouble-panel.tsx';
import { LatencyPlot } from './wire/latency-plot.tsx';

/** What can be done in the session that is chosen: its tools, resources and prompts, and what can go wrong. */
export function Capabilities({ page }: { page: Page }) {
    return (
        <section class="capabilities" aria-labelledby="capabilities-heading">
            <h2 id="capabilities-heading" class="visually-hidden">
                {t('capabilities.label')}
            </h2>
            <Tabs
                label={t('capabilities.label')}
                tabs={[
                    {
                        key: 'tools',
                        title: t('tools.heading'),
                        panel: <EachConnection page={page} view={connection => <ToolList connection={connection} />} />
                    },
                    {
                        key: 'resources',
                        title: t('resources.heading'),
                        panel: (
                            <EachConnection page={page} view={connection => <ResourceList connection={connection} />} />
                        )
                    },
                    {
                        key: 'prompts',
                        title: t('prompts.heading'),
                        panel: (
                            <EachConnection page={page} view={connection => <PromptList connection={connection} />} />
                        )
                    },
                    { key: 'trouble', title: t('trouble.heading'), panel: <TroublePanel page={page} /> }
                ]}
            />
            <LatencyPlot page={page} />
        </section>
    );
}

interface EachConnectionProps {
    page: Page;
    view(connection: Connection): ComponentChildren;
}

/** Shows the view of the chosen session; the others are hidden only, and so keep what was entered in them. */
function EachConnection({ page, view }: EachConnectionProps) {
    return (
        <>
            {page.connections.value.length === 0 && <p class="empty">{t('sessions.noneChosen')}</p>}
            {page.connections.value.map(connection => (
                <SessionPanel key={connection.key} page={page} connection={connection}>
                    {view(connection)}
                </SessionPanel>
            ))}
        </>
    );
}
