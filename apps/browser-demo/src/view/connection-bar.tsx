import type { Connection, ConnectionState } from '../state/connection.ts';
import { t } from '../state/language.ts';
import type { Page } from '../state/page.ts';
import { ActionButton } from './action-button.tsx';

interface ConnectionBarProps {
    page: Page;
    connection: Connection;
    hidden: boolean;
}

/** The line that tells how a connection is, and the buttons that change it. */
export function ConnectionBar({ page, connection, hidden }: ConnectionBarProps) {
    const state = connection.state.value;
    const isIdle = state.status === 'disconnected';
    return (
        <div class="connection" hidden={hidden}>
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
                {page.canSignOut.value && (
                    <ActionButton onClick={() => void page.signOut()}>{t('connection.signOut')}</ActionButton>
                )}
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
