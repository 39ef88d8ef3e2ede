import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import type { Page } from '../../state/page.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';

interface SessionPanelProps {
    page: Page;
    connection: Connection;
    of: 'tools' | 'resources' | 'prompts' | 'faults';
    children: ComponentChildren;
}

/**
 * The content of one session, in its colour. It is hidden, not removed, while another session is selected, so that it
 * keeps its input.
 */
export function SessionPanel({ page, connection, of, children }: SessionPanelProps) {
    const { key } = connection;
    const colour = useComputed(() => {
        void page.record.revision.value;
        return page.record.sessions.get(key)?.colour;
    });
    return (
        <div data-colour={colour.value} hidden={connection !== page.current.value}>
            <h2 class="panel-heading">
                <span class="session-letter" aria-hidden="true">
                    {key}
                </span>
                {t(say.page.panelHeading, { what: message(say.heading[of]), session: key })}
            </h2>
            {children}
        </div>
    );
}
