import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRequest, METHOD_NOT_FOUND, parseMessage, type RpcId } from '../json-rpc.ts';
import { McpSessionError } from '../mcp-session-error.ts';
import { type AnyTransportOptions, createTransport } from '../transport/create-transport.ts';
import type { PostAnswer, PostOverrides } from '../transport/post.ts';
import { createPendingCalls } from './pending-calls.ts';
import type { Progress } from './progress.ts';
import { CLIENT_CAPABILITIES, NEWEST_VERSION, parseServerInfo, type ServerInfo, toRetryMs } from './server-info.ts';

/** The state of a session. A `reason` says what happened and what to do. */
export type SessionState =
    | { status: 'connecting' | 'reconnecting' }
    | ({ status: 'connected'; sessionId: string } & ServerInfo)
    | { status: 'disconnected'; reason?: McpSessionError };

export interface McpSessionOptions extends AnyTransportOptions {
    clientInfo: { name: string; version: string };
    onState(state: SessionState): void;
    /** Called for each notification of the server, such as that a resource has changed. */
    onNotification?(method: string, params: unknown): void;
    /**
     * The time limit of a call, in milliseconds.
     * @default 60_000
     */
    timeLimitMs?: number;
}

/** The client side of the Model Context Protocol. */
export interface McpSession {
    /** Begins a session, unless there is one. `onState` is called with the progress. */
    connect(): void;
    /** Ends the session and rejects the pending calls. */
    close(): void;
    /** Resolves with the `result` as received, or rejects with an `McpSessionError`. */
    request: Request;
    /**
     * POSTs a message that the user wrote. Its reply is seen on the wire only, and the answer does not change the
     * session.
     *
     * @throws {McpSessionError} `id-in-use` if a call with the same id still waits for its reply; otherwise like `probe`.
     */
    send(body: object): Promise<PostAnswer>;
    /** POSTs a ping with `overrides`, to see the answer of the server. The answer does not change the session. */
    probe(as: PostOverrides): Promise<PostAnswer>;
}

export type Request = (method: string, params?: object, options?: RequestOptions) => Promise<unknown>;

interface RequestOptions {
    /** Cancels the call and notifies the server. */
    signal?: AbortSignal;
    /** Asks the server for progress notifications. */
    onProgress?: (progress: Progress) => void;
    /** Whether the page asks by itself, without the user. */
    automatic?: boolean;
}

export function createMcpSession(options: McpSessionOptions): McpSession {
    const { clientInfo, onState, onNotification, timeLimitMs = 60_000 } = options;
    let active = false;
    let probes = 0;
    let handshakes = 0;
    let answers: Promise<void> = Promise.resolve();
    let endpoint: URL | undefined;
    // Set after the handshake, and kept while the stream is down: a resumed session needs no second handshake.
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
        onGone: () => void replace(),
        onRefused: end,
        awaits: id => calls.has(id)
    });

    const calls = createPendingCalls(timeLimitMs, (requestId, method) => {
        // The specification forbids cancelling `initialize`.
        if (method !== 'initialize')
            notify('notifications/cancelled', { requestId, reason: 'time limit' }).catch(ignore);
    });

    const request: Request = (method, params, { signal, onProgress, automatic = false } = {}) => {
        const { id, reply } = calls.add(method, onProgress);
        const sent = onProgress ? { ...params, _meta: { progressToken: id } } : params;
        post({ jsonrpc: '2.0', id, method, params: sent }, automatic).catch(error => calls.reject(id, error));
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

    async function post(body: object, automatic = false): Promise<void> {
        const target = endpoint;
        const sentAt = performance.now();
        try {
            await transport.post(body, { automatic }).catch(error => repeat(body, target, sentAt, error));
        } catch (error) {
            const code = error instanceof McpSessionError ? error.code : undefined;
            // A server that rejects the credential of a POST will reject the next stream too.
            if (code === 'unauthenticated' && endpoint === target) end(error);
            if (code === 'unknown-session' && endpoint === target && connected) throw replace();
            throw error;
        }
    }

    /** Sends a request again if its POST got no answer and the server recognizes retries by `Idempotency-Key`. */
    async function repeat(body: object, target: URL | undefined, sentAt: number, error: unknown): Promise<void> {
        const isBroken = error instanceof McpSessionError && error.code === 'post-failed' && !error.refusal;
        const isWaiting = endpoint === target && isRequest(body) && calls.has(body.id);
        const capabilities = connected?.status === 'connected' ? connected.capabilities : {};
        if (!isBroken || !isWaiting || performance.now() - sentAt >= toRetryMs(capabilities)) throw error;
        // The ids are numbers, which need no escapes in a string of RFC 8941.
        await transport.post(body, { idempotencyKey: `"${body.id}"` });
    }

    /**
     * Starts a new session at once: the server answers but no longer knows this session, so its stream will bring
     * nothing. A session that the server never knew is not replaced, because the next one would fail the same way.
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

    async function initialize(target: URL): Promise<void> {
        try {
            const params = { protocolVersion: NEWEST_VERSION, capabilities: CLIENT_CAPABILITIES, clientInfo };
            const info = parseServerInfo(await request('initialize', params));
            if (endpoint !== target) return;
            transport.setProtocolVersion?.(info.protocolVersion);
            await notify('notifications/initialized');
            if (endpoint !== target) return;
            // A server may use no ids. The views still need to know that this session is not the one before.
            const sessionId = transport.sessionId() || `nameless ${++handshakes}`;
            connected = { status: 'connected', sessionId, ...info };
            transport.listen?.();
            if (transport.isOpen()) onState(connected);
        } catch (error) {
            // If a newer session has started, the failure of this handshake does not matter.
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
        // One answer after the other: thousands at once would exhaust the connections that all sessions share.
        const target = endpoint;
        answers = answers.then(async () => {
            if (endpoint === target) await post({ jsonrpc: '2.0', id, ...outcome }, true).catch(ignore);
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
        async send(body) {
            for (const part of [body].flat()) if (isRequest(part)) calls.reserve(part.id);
            return await transport.probe(body, {});
        },
        // No call has such an id, so the reply is ignored.
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

// No caller waits for the outcome, and the wire log shows it.
function ignore(): void {}
