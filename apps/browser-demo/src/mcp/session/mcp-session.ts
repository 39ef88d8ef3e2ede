import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord, METHOD_NOT_FOUND, parseMessage, type RpcId, toWords } from '../json-rpc.ts';
import { McpSessionError } from '../mcp-session-error.ts';
import { sessionIdOf } from '../transport/session-id.ts';
import { createTransport, type PostAnswer, type PostOverrides, type TransportOptions } from '../transport/transport.ts';
import { createPendingCalls } from './pending-calls.ts';
import type { Progress } from './progress.ts';

/** Whether there is a session to call tools in. A `reason` says what happened and what to do. */
export type SessionState =
    | { status: 'connecting' | 'reconnecting' }
    | { status: 'connected'; sessionId: string; server: string | Message; capabilities: Capabilities }
    | { status: 'disconnected'; reason?: McpSessionError };

/** What the server can do, as it said in the handshake: `tools`, `resources`, `prompts` and more. */
export type Capabilities = Readonly<Record<string, unknown>>;

export interface McpSessionOptions extends TransportOptions {
    clientInfo: { name: string; version: string };
    onState(state: SessionState): void;
    /** Told of what the server says of itself, such as that a resource has changed. */
    onNotification?(method: string, params: unknown): void;
    /**
     * How long a call may take, in milliseconds.
     * @default 60_000
     */
    timeLimitMs?: number;
}

/** A client's side of the Model Context Protocol. */
export interface McpSession {
    /** Opens the stream, unless it is open; how it goes is told to `onState`. */
    connect(): void;
    /** Ends the session and fails the calls that wait. */
    close(): void;
    /** Resolves with the `result` as it came, or rejects with an `McpSessionError`. */
    request: Request;
    /** POSTs a ping as it is told, to see what the server answers; nothing in the session depends on that. */
    probe(as: PostOverrides): Promise<PostAnswer>;
}

export type Request = (method: string, params?: object, options?: RequestOptions) => Promise<unknown>;

interface RequestOptions {
    /** Ends the wait, and tells the server so. */
    signal?: AbortSignal;
    /** Asks the server for word on how far it has got. */
    onProgress?: (progress: Progress) => void;
}

const PROTOCOL_VERSION = '2025-11-25';

export function createMcpSession(options: McpSessionOptions): McpSession {
    const { clientInfo, onState, onNotification, timeLimitMs = 60_000 } = options;
    let active = false;
    let probes = 0;
    let answers: Promise<void> = Promise.resolve();
    let endpoint: URL | undefined;
    // Set once the handshake is done, and kept while the stream is away: a resumed session needs no second one.
    let connected: SessionState | undefined;

    const transport = createTransport(options, {
        onEndpoint(named, resumed) {
            if (resumed) {
                if (connected) onState(connected);
                return;
            }
            endpoint = named;
            connected = undefined;
            calls.rejectAll(new McpSessionError('session-replaced', message(say.error.sessionReplaced)));
            initialize(named);
        },
        onMessage: receive,
        onLost: () => onState({ status: endpoint ? 'reconnecting' : 'connecting' }),
        onRefused: end
    });

    const calls = createPendingCalls(timeLimitMs, (requestId, method) => {
        // The specification forbids to cancel `initialize`.
        if (method !== 'initialize')
            notify('notifications/cancelled', { requestId, reason: 'time limit' }).catch(ignore);
    });

    const request: Request = (method, params, { signal, onProgress } = {}) => {
        const { id, reply } = calls.add(method, onProgress);
        const sent = onProgress ? { ...params, _meta: { progressToken: id } } : params;
        post({ jsonrpc: '2.0', id, method, params: sent }).catch(error => calls.reject(id, error));
        signal?.addEventListener('abort', () => cancel(id), { once: true });
        return reply;
    };

    function cancel(requestId: RpcId): void {
        const error = new McpSessionError('cancelled', message(say.error.cancelled));
        if (!calls.reject(requestId, error)) return;
        notify('notifications/cancelled', { requestId, reason: 'cancelled by the user' }).catch(ignore);
    }

    function notify(method: string, params?: object): Promise<void> {
        return post({ jsonrpc: '2.0', method, params });
    }

    async function post(body: object): Promise<void> {
        const target = endpoint;
        const sentAt = performance.now();
        try {
            await transport.post(body).catch(error => repeat(body, target, sentAt, error));
        } catch (error) {
            const code = error instanceof McpSessionError ? error.code : undefined;
            // Whom the server does not know, it will not hear again, nor let open the stream once more.
            if (code === 'unauthenticated' && endpoint === target) end(error);
            if (code === 'unknown-session' && endpoint === target && connected) throw replace();
            throw error;
        }
    }

    /** Sends a request once more whose POST broke, where the server knows by the mark that it is the same request. */
    async function repeat(body: object, target: URL | undefined, sentAt: number, error: unknown): Promise<void> {
        const isBroken = error instanceof McpSessionError && error.code === 'post-failed' && !error.refusal;
        const isWaiting = endpoint === target && isRequest(body) && calls.has(body.id);
        const capabilities = connected?.status === 'connected' ? connected.capabilities : {};
        if (!isBroken || !isWaiting || performance.now() - sentAt >= toRetryMs(capabilities)) throw error;
        // Ids are numbers here, which need no escapes in a string of RFC 8941.
        await transport.post(body, `"${body.id}"`);
    }

    /**
     * Begins another session at once, as the server is there and knows this one no more: its stream, open or not, will
     * bring nothing. A session that was never known is not replaced, as the next would fare no better.
     */
    function replace(): McpSessionError {
        const error = new McpSessionError('session-replaced', message(say.error.sessionReplaced));
        calls.rejectAll(error);
        transport.close(error);
        endpoint = undefined;
        connected = undefined;
        onState({ status: 'connecting' });
        transport.open();
        return error;
    }

    // What this page uses is alike in all versions of the protocol, so any that the server picks will do.
    async function initialize(target: URL): Promise<void> {
        try {
            const params = { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo };
            const result = await request('initialize', params);
            await notify('notifications/initialized');
            if (endpoint !== target) return;
            const sessionId = sessionIdOf(target);
            const capabilities = isRecord(result) && isRecord(result.capabilities) ? result.capabilities : {};
            connected = { status: 'connected', sessionId, server: serverName(result), capabilities };
            if (transport.isOpen()) onState(connected);
        } catch (error) {
            // A newer session has its own handshake; the failure of this one is no news.
            if (endpoint === target) end(error);
        }
    }

    function receive(data: string): void {
        const incoming = parseMessage(data);
        if (incoming?.kind === 'result') calls.resolve(incoming.id, incoming.result);
        if (incoming?.kind === 'error') {
            const { code, message: words } = incoming.error;
            const text = message(say.error.rpc, { code, message: words });
            const refusal = { kind: 'rpc', ...incoming.error } as const;
            calls.reject(incoming.id, new McpSessionError('rpc-error', text, { refusal }));
        }
        if (incoming?.kind === 'request') answer(incoming.id, incoming.method);
        if (incoming?.kind !== 'notification') return;
        if (incoming.method === 'notifications/progress') calls.progress(incoming.params);
        onNotification?.(incoming.method, incoming.params);
    }

    function answer(id: RpcId, method: string): void {
        const outcome =
            method === 'ping' ? { result: {} } : { error: { code: METHOD_NOT_FOUND, message: 'Method not found' } };
        // One after the other: thousands at once would use up what the browser has for the requests of all sessions.
        const target = endpoint;
        answers = answers.then(async () => {
            if (endpoint === target) await post({ jsonrpc: '2.0', id, ...outcome }).catch(ignore);
        });
    }

    function end(reason?: unknown): void {
        const error = reason instanceof McpSessionError ? reason : undefined;
        active = false;
        endpoint = undefined;
        connected = undefined;
        transport.close(error);
        calls.rejectAll(error ?? new McpSessionError('closed', message(say.error.closed)));
        onState({ status: 'disconnected', ...(error && { reason: error }) });
    }

    return {
        request,
        // No call has such an id, so that the reply finds nobody.
        probe: as => transport.probe({ jsonrpc: '2.0', id: `probe-${++probes}`, method: 'ping' }, as),
        connect() {
            if (active) return;
            active = true;
            onState({ status: 'connecting' });
            transport.open();
        },
        close: () => end()
    };
}

/** For how long a retry can be marked, in milliseconds: half of the time that the server remembers a request. */
function toRetryMs({ experimental }: Capabilities): number {
    const declared = isRecord(experimental) ? experimental.idempotencyKey : undefined;
    return isRecord(declared) && typeof declared.rememberedMs === 'number' ? declared.rememberedMs / 2 : 0;
}

function isRequest(body: object): body is { id: number; method: string } {
    return 'id' in body && 'method' in body;
}

function serverName(result: unknown): string | Message {
    const info = isRecord(result) ? result.serverInfo : undefined;
    if (!isRecord(info) || info.name === undefined) return message(say.sessions.unnamedServer);
    return `${toWords(info.name)} ${toWords(info.version)}`.trim();
}

// Where nobody waits for the outcome, the wire log has shown it already.
function ignore(): void {}
