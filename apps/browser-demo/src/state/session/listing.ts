import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import { type Listed, listAll } from '../../mcp/features/list-all.ts';
import { METHOD_NOT_FOUND } from '../../mcp/json-rpc.ts';
import { McpSessionError } from '../../mcp/mcp-session-error.ts';
import type { Request } from '../../mcp/session/mcp-session.ts';
import type { Capabilities } from '../../mcp/session/server-info.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** One list of a server. */
export type Listing<Item> =
    | { status: 'none' }
    /** The server did not declare the capability. */
    | { status: 'unsupported' }
    | { status: 'listed'; items: readonly Item[] }
    | { status: 'failed'; reason: Message | string };

/** A list that is refreshed for each new session of a connection. */
export interface ListingStore<Item> {
    readonly state: ReadonlySignal<Listing<Item>>;
    /** Gets the list once for each session. A resumed session has the same list. */
    begin(sessionId: string, capabilities: Capabilities): Promise<void>;
    /** Gets the list again, because the server reports a change. */
    renew(): Promise<void>;
    forget(): void;
}

/** @param capability the capability that the list belongs to. */
export function createListing<Item>(request: Request, capability: string, kind: Listed<Item>): ListingStore<Item> {
    const state = signal<Listing<Item>>({ status: 'none' });
    let listedSession: string | undefined;
    let isSupported = false;
    // Counts attempts, so that the result of an older one is ignored.
    let attempt = 0;

    const renew = oneAtATime(async () => {
        if (!isSupported) return;
        const mine = ++attempt;
        try {
            const items = await listAll((method, params) => request(method, params, { automatic: true }), kind);
            if (mine !== attempt) return;
            // An equal list keeps the cards, with their input and last result.
            const { value } = state;
            const isSame = value.status === 'listed' && JSON.stringify(value.items) === JSON.stringify(items);
            if (!isSame) state.value = { status: 'listed', items };
        } catch (error) {
            if (mine !== attempt) return;
            const refusal = error instanceof McpSessionError ? error.refusal : undefined;
            // A server need not support every method of a capability.
            if (refusal?.kind === 'rpc' && refusal.code === METHOD_NOT_FOUND) state.value = { status: 'unsupported' };
            else {
                listedSession = undefined;
                state.value = { status: 'failed', reason: reasonOf(error) };
            }
        }
    });

    return {
        state,
        renew,
        async begin(sessionId, capabilities) {
            if (sessionId === listedSession) return;
            listedSession = sessionId;
            isSupported = capabilities[capability] !== undefined;
            attempt++;
            if (isSupported) return await renew();
            state.value = { status: 'unsupported' };
        },
        forget() {
            attempt++;
            listedSession = undefined;
            isSupported = false;
            state.value = { status: 'none' };
        }
    };
}
