import type { FunctionComponent } from 'preact';
import * as say from '../i18n/texts.ts';
import type { Page } from '../state/page.ts';
import { t } from '../state/preferences/language.ts';
import type { Connection } from '../state/session/connection.ts';
import { FaultList } from './faults/fault-list.tsx';
import { SessionPanel } from './parts/session-panel.tsx';
import { Tabs } from './parts/tabs.tsx';
import { PromptList } from './prompts/prompt-list.tsx';
import { ResourceList } from './resources/resource-list.tsx';
import { ToolList } from './tools/tool-list.tsx';
import { LatencyPlot } from './wire/latency/latency-plot.tsx';

type View = FunctionComponent<{ page: Page; connection: Connection }>;

const views = [
    ['tools', ToolList],
    ['resources', ResourceList],
    ['prompts', PromptList],
    ['faults', FaultList]
] as const satisfies [string, View][];

/** The tools, resources, prompts and faults of the selected session. */
export function Capabilities({ page }: { page: Page }) {
    return (
        <section class="capabilities" aria-labelledby="capabilities-heading">
            <h2 id="capabilities-heading" class="visually-hidden">
                {t(say.page.capabilities)}
            </h2>
            <Tabs
                label={t(say.page.capabilities)}
                tabs={views.map(([key, view]) => ({
                    key,
                    title: t(say.heading[key]),
                    panel: <EachConnection page={page} of={key} view={view} />
                }))}
            />
            <LatencyPlot page={page} />
        </section>
    );
}

interface EachConnectionProps {
    page: Page;
    of: (typeof views)[number][0];
    view: View;
}

/** Shows the view of the selected session. The others are hidden, not removed, so that they keep their input. */
function EachConnection({ page, of, view: View }: EachConnectionProps) {
    const connections = page.connections.value;
    if (connections.length === 0) return <p class="empty">{t(say.sessions.noneChosen)}</p>;
    return (
        <>
            {connections.map(connection => (
                <SessionPanel key={connection.key} page={page} connection={connection} of={of}>
                    <View page={page} connection={connection} />
                </SessionPanel>
            ))}
        </>
    );
}
