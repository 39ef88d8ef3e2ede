import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../../i18n/i18n.ts';
import type { McpSessionError, McpSessionErrorCode } from '../../mcp/mcp-session-error.ts';
import {
    createMcpSession,
    type McpSession,
    type McpSessionOptions,
    type SessionState
} from '../../mcp/session/mcp-session.ts';
import type { TransportKind } from '../../mcp/transport/transport.ts';
import type { StreamReader } from '../../mcp/transport/wire-fact.ts';
import { type Catalog, createCatalog } from './catalog.ts';

/** The state of a connection. It may be disconnected for a reason outside the session, such as a sign-in. */
export type ConnectionState =
    | Exclude<SessionState, { status: 'disconnected' }>
    /** `offer` is the transport that may work at the same server. */
    | { status: 'disconnected'; reason?: Message | string; offer?: TransportKind };

type NotificationListener = (method: string, params: unknown) => void;

/** One session as the views see it, across reconnects. */
export interface Connection {
    /** The name of the session in the record. */
    readonly key: string;
    /** The absolute address of the stream, or of the endpoint of Streamable HTTP. */
    readonly url: string;
    readonly transport: TransportKind;
    /** How the page reads the stream of HTTP+SSE. */
    readonly reader: StreamReader;
    readonly session: McpSession;
    readonly state: ReadonlySignal<ConnectionState>;
    readonly catalog: Catalog;
    /** Calls back for each notification of the server. Returns a function that unsubscribes. */
    onNotification(listener: NotificationListener): () => void;
    /** Sets the state while there is no session, or says why there is none. */
    show(state: ConnectionState): void;
    /** Clears the lists of the server. */
    forget(): void;
}

export interface ConnectionOptions extends Omit<McpSessionOptions, 'onState' | 'onNotification'> {
    key: string;
    /** Called when the session ends because of an error. */
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
        transport: options.transport,
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

const offers: Partial<Record<McpSessionErrorCode, TransportKind>> = {
    'looks-streamable': 'streamable',
    'no-streamable': 'sse'
};

function disconnected(error: McpSessionError | undefined): ConnectionState {
    const offer = error && offers[error.code];
    return { status: 'disconnected', ...(error && { reason: error.text }), ...(offer && { offer }) };
}
