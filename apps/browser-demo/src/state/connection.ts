import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../i18n/i18n.ts';
import { createMcpSession, type McpSession, type McpSessionOptions, type SessionState } from '../mcp-session.ts';
import type { StreamReader } from '../model/wire-fact.ts';
import { PageError } from '../page-error.ts';
import type { ToolDescription } from '../tools.ts';

/** How a connection is; what keeps it from being one may also lie outside of the session. */
export type ConnectionState =
    | Exclude<SessionState, { status: 'disconnected' }>
    | { status: 'disconnected'; reason?: Message | string };

type ToolsState =
    | { status: 'none' }
    | { status: 'listed'; tools: readonly ToolDescription[] }
    | { status: 'failed'; reason: Message | string };

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
    readonly tools: ReadonlySignal<ToolsState>;
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
    const tools = signal<ToolsState>({ status: 'none' });
    const listeners = new Set<NotificationListener>();
    let listedSession: string | undefined;

    const session = createMcpSession({
        ...options,
        onNotification(method, params) {
            for (const listener of listeners) listener(method, params);
        },
        onState(next) {
            state.value = next.status === 'disconnected' ? disconnected(next.reason) : next;
            if (next.status === 'connected') void listTools(next.sessionId);
            if (next.status === 'disconnected' && next.reason) onFailed();
        }
    });

    /** Once for each session: one that was resumed has the same tools. */
    async function listTools(sessionId: string): Promise<void> {
        if (sessionId === listedSession) return;
        listedSession = sessionId;
        try {
            const listed = await session.listTools();
            // Cards that fit stay, with what was entered and how the last call ended.
            const { value } = tools;
            const isSame = value.status === 'listed' && JSON.stringify(value.tools) === JSON.stringify(listed);
            if (!isSame) tools.value = { status: 'listed', tools: listed };
        } catch (error) {
            listedSession = undefined;
            tools.value = { status: 'failed', reason: reasonOf(error) };
        }
    }

    return {
        key,
        url: options.url,
        reader: options.source.reader,
        session,
        state,
        tools,
        onNotification(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        show(next) {
            state.value = next;
        },
        forget() {
            listedSession = undefined;
            tools.value = { status: 'none' };
        }
    };
}

/** What an error says to people at the page. */
export function reasonOf(error: unknown): Message | string {
    if (error instanceof PageError) return error.text;
    return error instanceof Error ? error.message : String(error);
}

function disconnected(error: PageError<string> | undefined): ConnectionState {
    return { status: 'disconnected', ...(error && { reason: error.text }) };
}
