import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import { type Listed, listAll } from '../../mcp/features/list-all.ts';
import { METHOD_NOT_FOUND } from '../../mcp/json-rpc.ts';
import { McpSessionError } from '../../mcp/mcp-session-error.ts';
import type { Capabilities, Request } from '../../mcp/session/mcp-session.ts';

/** What a server has of one kind. */
export type Listing<Item> =
    | { status: 'none' }
    /** The server said in the handshake that it has no such thing. */
    | { status: 'unsupported' }
    | { status: 'listed'; items: readonly Item[] }
    | { status: 'failed'; reason: Message | string };

/** A list that follows the sessions of a connection. */
export interface ListingStore<Item> {
    readonly state: ReadonlySignal<Listing<Item>>;
    /** There is a session; lists once for each, as one that was resumed has the same. */
    begin(sessionId: string, capabilities: Capabilities): Promise<void>;
    /** Lists anew, as the server says that something has changed. */
    renew(): Promise<void>;
    forget(): void;
}

/** @param capability by which a server says that it has such things. */
export function createListing<Item>(request: Request, capability: string, kind: Listed<Item>): ListingStore<Item> {
    const state = signal<Listing<Item>>({ status: 'none' });
    let listedSession: string | undefined;
    let isSupported = false;
    // What comes of an older attempt is no news.
    let attempt = 0;
    let isListing = false;
    let isStale = false;

    /** Once more after the attempt that is on its way, however often it is asked for meanwhile. */
    async function renew(): Promise<void> {
        isStale = true;
        if (isListing) return;
        isListing = true;
        while (isStale) {
            isStale = false;
            await list();
        }
        isListing = false;
    }

    async function list(): Promise<void> {
        if (!isSupported) return;
        const mine = ++attempt;
        try {
            const items = await listAll(request, kind);
            if (mine !== attempt) return;
            // Cards that fit stay, with what was entered and how the last call ended.
            const { value } = state;
            const isSame = value.status === 'listed' && JSON.stringify(value.items) === JSON.stringify(items);
            if (!isSame) state.value = { status: 'listed', items };
        } catch (error) {
            if (mine !== attempt) return;
            const refusal = error instanceof McpSessionError ? error.refusal : undefined;
            // Of what has one capability in common, servers need not have all.
            if (refusal?.kind === 'rpc' && refusal.code === METHOD_NOT_FOUND) state.value = { status: 'unsupported' };
            else {
                listedSession = undefined;
                state.value = { status: 'failed', reason: reasonOf(error) };
            }
        }
    }

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
