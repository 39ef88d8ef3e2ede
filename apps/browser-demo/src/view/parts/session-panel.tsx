import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Connection } from '../../state/connection.ts';
import type { Page } from '../../state/page.ts';

interface SessionPanelProps {
    page: Page;
    connection: Connection;
    children: ComponentChildren;
}

/** What belongs to one session, in its colour; hidden while another is chosen, so that it keeps what was entered. */
export function SessionPanel({ page, connection, children }: SessionPanelProps) {
    const colour = useComputed(() => {
        void page.record.revision.value;
        return page.record.sessions.get(connection.key)?.colour ?? 0;
    });
    return (
        <div class="session-panel" data-colour={colour.value} hidden={connection !== page.current.value}>
            {children}
        </div>
    );
}

/** A heading that says whose things these are. */
export function PanelHeading({ session, text }: { session: string; text: string }) {
    return (
        <h2 class="panel-heading">
            <span class="session-letter" aria-hidden="true">
                {session}
            </span>
            {text}
        </h2>
    );
}
