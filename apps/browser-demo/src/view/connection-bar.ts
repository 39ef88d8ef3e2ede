import type { SessionState } from '../mcp-session.ts';
import { findById } from './element.ts';

/** The line that tells how the connection is, and the two buttons that change it. */
export interface ConnectionBar {
    show(state: SessionState): void;
}

export function createConnectionBar(actions: { connect(): void; disconnect(): void }): ConnectionBar {
    const status = findById('status', HTMLElement);
    const connect = findById('connect', HTMLButtonElement);
    const disconnect = findById('disconnect', HTMLButtonElement);
    connect.addEventListener('click', actions.connect);
    disconnect.addEventListener('click', actions.disconnect);

    return {
        show(state) {
            status.dataset.state = state.status;
            status.textContent = toText(state);
            // Both buttons keep the focus and do nothing where there is nothing to do.
            const idle = state.status === 'disconnected';
            connect.setAttribute('aria-disabled', String(!idle));
            disconnect.setAttribute('aria-disabled', String(idle));
        }
    };
}

function toText(state: SessionState): string {
    switch (state.status) {
        case 'connecting':
            return 'connecting…';
        case 'reconnecting':
            return 'reconnecting: the stream broke, and the browser opens it again by itself';
        case 'connected':
            return `connected to ${state.server}, session ${state.sessionId.slice(0, 8)}…`;
        case 'disconnected':
            return state.hint === undefined ? 'disconnected' : `disconnected: ${state.hint}`;
    }
}
