import type { SessionState } from '../mcp-session.ts';
import { findById } from './element.ts';

/** The line that tells how the connection is, and the buttons that change it. */
export interface ConnectionBar {
    show(state: SessionState): void;
    /** Whether there is a sign-in to end. */
    offerSignOut(offered: boolean): void;
    setShown(shown: boolean): void;
}

export interface ConnectionActions {
    connect(): void;
    disconnect(): void;
    signOut(): void;
}

export function createConnectionBar(actions: ConnectionActions): ConnectionBar {
    const bar = findById('connection', HTMLElement);
    const status = findById('status', HTMLElement);
    const connect = findById('connect', HTMLButtonElement);
    const disconnect = findById('disconnect', HTMLButtonElement);
    const signOut = findById('sign-out', HTMLButtonElement);
    // Unlike `disabled`, it leaves the focus on a button that has just been used.
    const unlessDisabled = (button: HTMLButtonElement, act: () => void) =>
        button.addEventListener('click', () => button.ariaDisabled !== 'true' && act());
    unlessDisabled(connect, actions.connect);
    unlessDisabled(disconnect, actions.disconnect);
    signOut.addEventListener('click', actions.signOut);

    return {
        show(state) {
            status.dataset.state = state.status;
            status.textContent = toText(state);
            const idle = state.status === 'disconnected';
            connect.ariaDisabled = String(!idle);
            disconnect.ariaDisabled = String(idle);
        },
        offerSignOut(offered) {
            signOut.hidden = !offered;
        },
        setShown(shown) {
            bar.hidden = !shown;
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
