import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import { parseReadResult, type ResourceContents } from '../../mcp/features/resources.ts';
import { isRecord } from '../../mcp/json-rpc.ts';
import type { Connection } from './connection.ts';

/** Whether the server tells of the changes of a resource. */
export type SubscriptionState =
    /** `reason` says why it could not be had, or is no more. */
    | { status: 'off'; reason?: Message | string }
    | { status: 'asking' }
    | { status: 'on' }
    /** There is no session now; as soon as there is one, it goes on or is asked for again. */
    | { status: 'away' };

/** A subscription that outlives the session it was made in. */
export interface Subscription {
    readonly state: ReadonlySignal<SubscriptionState>;
    /** How many changes the server has told of. */
    readonly updates: ReadonlySignal<number>;
    /** How many times it had to be made anew, as a session that replaces another knows nothing of it. */
    readonly renewals: ReadonlySignal<number>;
    /** What was read after the last change. */
    readonly newest: ReadonlySignal<readonly ResourceContents[]>;
    start(): void;
    stop(): void;
    /** Follows its connection no more. */
    dispose(): void;
}

export function createSubscription(connection: Connection, uri: string): Subscription {
    const { request } = connection.session;
    const state = signal<SubscriptionState>({ status: 'off' });
    const [updates, renewals] = [signal(0), signal(0)];
    const newest = signal<readonly ResourceContents[]>([]);
    let isWanted = false;
    // The session that was asked for it last, and the one that has granted it last.
    let asked: string | undefined;
    let granted: string | undefined;
    let isReading = false;
    let hasChanged = false;

    async function ask(sessionId: string): Promise<void> {
        asked = sessionId;
        state.value = { status: 'asking' };
        try {
            await request('resources/subscribe', { uri });
            if (!isWanted || asked !== sessionId) return;
            if (granted !== undefined && granted !== sessionId) renewals.value++;
            granted = sessionId;
            state.value = { status: 'on' };
        } catch (error) {
            if (!isWanted || asked !== sessionId) return;
            if (isStill(sessionId)) end(reasonOf(error));
            // It was lost with the stream: once that is back, it is asked again.
            else asked = undefined;
        }
    }

    async function read(): Promise<void> {
        hasChanged = true;
        if (isReading) return;
        isReading = true;
        try {
            // What changes while it is read is read once more, not once for each change.
            while (hasChanged) {
                hasChanged = false;
                newest.value = parseReadResult(await request('resources/read', { uri }));
            }
        } catch (error) {
            if (isWanted && state.value.status === 'on') end(reasonOf(error));
        } finally {
            isReading = false;
        }
    }

    function end(reason?: Message | string): void {
        isWanted = false;
        asked = undefined;
        granted = undefined;
        state.value = { status: 'off', ...(reason !== undefined && { reason }) };
    }

    /** Whether a failure is that session's, and not due to its end. */
    function isStill(sessionId: string): boolean {
        const { value } = connection.state;
        return value.status === 'connected' && value.sessionId === sessionId;
    }

    const stopListening = connection.onNotification((method, params) => {
        if (!isWanted || method !== 'notifications/resources/updated') return;
        if (!isRecord(params) || params.uri !== uri) return;
        updates.value++;
        void read();
    });
    const stopFollowing = effect(() => {
        const now = connection.state.value;
        if (!isWanted) return;
        untracked(() => {
            if (now.status === 'disconnected') end(now.reason);
            else if (now.status !== 'connected') state.value = { status: 'away' };
            else if (now.sessionId !== asked) void ask(now.sessionId);
            else state.value = { status: granted === now.sessionId ? 'on' : 'asking' };
        });
    });

    return {
        state,
        updates,
        renewals,
        newest,
        start() {
            const { value } = connection.state;
            if (isWanted || value.status !== 'connected') return;
            isWanted = true;
            [updates.value, renewals.value, newest.value] = [0, 0, []];
            void ask(value.sessionId);
        },
        stop() {
            if (!isWanted) return;
            end();
            request('resources/unsubscribe', { uri }).catch(error => {
                if (!isWanted) state.value = { status: 'off', reason: reasonOf(error) };
            });
        },
        dispose() {
            stopListening();
            stopFollowing();
            isWanted = false;
        }
    };
}
