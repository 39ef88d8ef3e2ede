import type { FunctionComponent } from 'preact';
import { message } from '../i18n/i18n.ts';
import * as say from '../i18n/texts.ts';
import type { Page } from '../state/page.ts';
import { t } from '../state/preferences/language.ts';
import type { Connection } from '../state/session/connection.ts';
import { lazy } from './parts/lazy.tsx';
import { Tabs } from './parts/tabs.tsx';
import { PromptList } from './prompts/prompt-list.tsx';
import { ResourceList } from './resources/resource-list.tsx';
import { useStatus } from './sessions/use-status.ts';
import { ToolList } from './tools/tool-list.tsx';
import { LatencyPlot } from './wire/latency/latency-plot.tsx';

type View = FunctionComponent<{ page: Page; connection: Connection }>;

const FaultList = lazy<{ page: Page; connection: Connection }>(
    async () => (await import('./faults/fault-list.tsx')).FaultList
);

const views = [
    ['tools', ToolList],
    ['resources', ResourceList],
    ['prompts', PromptList],
    ['faults', FaultList]
] as const satisfies [string, View][];

/** The tools, resources, prompts and faults of the selected session. */
export function Capabilities({ page }: { page: Page }) {
    const connections = page.connections.value;
    const none = connections.length === 0 && <p class="empty">{t(say.sessions.noneChosen)}</p>;
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
                    panel:
                        none ||
                        connections.map(connection => (
                            <SessionPanel
                                key={connection.key}
                                page={page}
                                connection={connection}
                                of={key}
                                view={view}
                            />
                        ))
                }))}
            />
            <LatencyPlot page={page} />
        </section>
    );
}

interface SessionPanelProps {
    page: Page;
    connection: Connection;
    of: (typeof views)[number][0];
    view: View;
}

/**
 * The view of one session, in its colour. It is hidden, not removed, while another session is selected, so that it
 * keeps its input.
 */
function SessionPanel({ page, connection, of, view: View }: SessionPanelProps) {
    const { key } = connection;
    return (
        <div data-colour={useStatus(page.record, key)?.colour} hidden={connection !== page.current.value}>
            <h2 class="panel-heading">
                <span class="session-letter" aria-hidden="true">
                    {key}
                </span>
                {t(say.page.panelHeading, { what: message(say.heading[of]), session: key })}
            </h2>
            <View page={page} connection={connection} />
        </div>
    );
}
