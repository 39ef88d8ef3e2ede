import type { Connection, ConnectionState } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';
import { ActionButton } from '../parts/action-button.tsx';

interface SessionCardProps {
    page: Page;
    connection: Connection;
}

/** How a session is, and the buttons that change it. */
export function SessionCard({ page, connection }: SessionCardProps) {
    const state = connection.state.value;
    const isIdle = state.status === 'disconnected';
    return (
        <div class="session-card">
            <p class="status" role="status" aria-label={t('connection.label')} data-state={state.status}>
                {toText(state)}
            </p>
            <div class="buttons">
                <ActionButton idle={!isIdle} onClick={() => void page.start(connection)}>
                    {t('connection.connect')}
                </ActionButton>
                <ActionButton idle={isIdle} onClick={() => page.stop(connection)}>
                    {t('connection.disconnect')}
                </ActionButton>
            </div>
        </div>
    );
}

function toText(state: ConnectionState): string {
    switch (state.status) {
        case 'connecting':
            return t('status.connecting');
        case 'reconnecting':
            return t('status.reconnecting');
        case 'connected':
            return t('status.connected', { server: state.server, session: state.sessionId.slice(0, 8) });
        case 'disconnected':
            if (state.reason === undefined) return t('status.disconnected');
            return t('status.disconnectedBecause', { reason: state.reason });
    }
}
