import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import { parseReadResult, type ResourceContents } from '../../mcp/features/resources.ts';
import { isRecord } from '../../mcp/json-rpc.ts';
import type { Connection } from './connection.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** The state of a subscription to a resource. */
export type SubscriptionState =
    /** `reason` says why it failed or ended. */
    | { status: 'off'; reason?: Message | string }
    | { status: 'asking' }
    | { status: 'on' }
    /** There is no session now. With the next one, the subscription continues or is renewed. */
    | { status: 'away' };

/** A subscription that outlives its session. */
export interface Subscription {
    readonly state: ReadonlySignal<SubscriptionState>;
    /** The number of reported changes. */
    readonly updates: ReadonlySignal<number>;
    /** How often it was renewed because a new session replaced the old one. */
    readonly renewals: ReadonlySignal<number>;
    /** The contents after the last change. */
    readonly newest: ReadonlySignal<readonly ResourceContents[]>;
    start(): void;
    stop(): void;
    /** Stops following the connection. */
    dispose(): void;
}

export function createSubscription(connection: Connection, uri: string): Subscription {
    const { request } = connection.session;
    const state = signal<SubscriptionState>({ status: 'off' });
    const [updates, renewals] = [signal(0), signal(0)];
    const newest = signal<readonly ResourceContents[]>([]);
    let isWanted = false;
    // The session of the last request, and the session of the last granted request.
    let asked: string | undefined;
    let granted: string | undefined;

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
            // The request was lost with the stream. It is sent again when the stream is back.
            else asked = undefined;
        }
    }

    // Several changes during a read cause one more read, not one each.
    const read = oneAtATime(async () => {
        newest.value = parseReadResult(await request('resources/read', { uri }, { automatic: true }));
    });

    function end(reason?: Message | string): void {
        isWanted = false;
        asked = undefined;
        granted = undefined;
        state.value = { status: 'off', ...(reason !== undefined && { reason }) };
    }

    /** Whether the session is still connected, so that an error is not caused by its end. */
    function isStill(sessionId: string): boolean {
        const { value } = connection.state;
        return value.status === 'connected' && value.sessionId === sessionId;
    }

    const stopListening = connection.onNotification((method, params) => {
        if (!isWanted || method !== 'notifications/resources/updated') return;
        if (!isRecord(params) || params.uri !== uri) return;
        updates.value++;
        read().catch(error => {
            if (isWanted && state.value.status === 'on') end(reasonOf(error));
        });
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
