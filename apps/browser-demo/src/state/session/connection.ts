import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../../i18n/i18n.ts';
import type { PageError } from '../../i18n/page-error.ts';
import {
    createMcpSession,
    type McpSession,
    type McpSessionOptions,
    type SessionState
} from '../../mcp/session/mcp-session.ts';
import type { StreamReader } from '../../mcp/transport/wire-fact.ts';
import { type Catalog, createCatalog } from './catalog.ts';

/** How a connection is; what keeps it from being one may also lie outside of the session. */
export type ConnectionState =
    | Exclude<SessionState, { status: 'disconnected' }>
    | { status: 'disconnected'; reason?: Message | string };

type NotificationListener = (method: string, params: unknown) => void;

/** One session as the views see it, from the first attempt to the last. */
export interface Connection {
    /** Its name in the record of the wire. */
    readonly key: string;
    /** The absolute address of its stream. */
    readonly url: string;
    readonly reader: StreamReader;
    readonly session: McpSession;
    readonly state: ReadonlySignal<ConnectionState>;
    readonly catalog: Catalog;
    /** Calls back at each notification of the server; returns what ends that. */
    onNotification(listener: NotificationListener): () => void;
    /** Shows what is happening to it before there is a session, or why there will be none. */
    show(state: ConnectionState): void;
    /** Forgets what the server told. */
    forget(): void;
}

export interface ConnectionOptions extends Omit<McpSessionOptions, 'onState' | 'onNotification'> {
    key: string;
    /** The session ended by itself, with this reason. */
    onFailed(): void;
}

export function createConnection({ key, onFailed, ...options }: ConnectionOptions): Connection {
    const state = signal<ConnectionState>({ status: 'disconnected' });
    const listeners = new Set<NotificationListener>();

    const session = createMcpSession({
        ...options,
        onNotification(method, params) {
            catalog.notice(method);
            for (const listener of listeners) listener(method, params);
        },
        onState(next) {
            state.value = next.status === 'disconnected' ? disconnected(next.reason) : next;
            if (next.status === 'connected') catalog.begin(next.sessionId, next.capabilities);
            if (next.status === 'disconnected' && next.reason) onFailed();
        }
    });

    const catalog = createCatalog(session.request);

    return {
        key,
        url: options.url,
        reader: options.source.reader,
        session,
        state,
        catalog,
        onNotification(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        show(next) {
            state.value = next;
        },
        forget: catalog.forget
    };
}

function disconnected(error: PageError<string> | undefined): ConnectionState {
    return { status: 'disconnected', ...(error && { reason: error.text }) };
}
