import { setTimeout as delay } from 'node:timers/promises';
import { type ConnectionState, TransportError } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { isJSONRPCNotification, type JSONRPCNotification } from '@modelcontextprotocol/sdk/types.js';
import type { Settings } from '../config/settings.ts';
import { CliError } from '../errors/cli-error.ts';
import { version } from '../version.ts';
import { displayUrl } from './display-url.ts';
import { NoStreamableHttp } from './fallback.ts';
import { createHttp } from './http.ts';
import { cancellable, interrupted, rejectOnAbort } from './interruption.ts';
import { isNotAMessage, toRequestError, toStreamError } from './request-errors.ts';
import { isOutcomeUnknown, toNoStream } from './stream-errors.ts';
import type { Trace } from './trace.ts';
import { type ClientTransport, createTransport, type TransportKind } from './transport.ts';

export interface ConnectOptions extends Settings {
    trace: Trace | undefined;
    /** Is told of drops, and of what comes after them. */
    onState?: (state: ConnectionState) => void;
    /** Aborts when the user has had enough; the request under way is then cancelled at the server too. */
    signal: AbortSignal;
}

/** An initialized session with a server. Dispose of it, or the process lives on with the stream. */
export interface Connection extends AsyncDisposable {
    client: Client;
    url: URL;
    transport: TransportKind;
    /** The revision of MCP that was agreed upon. */
    protocolVersion: string;
    /** The server's name for the session, if it has given one; after a drop it may be another. */
    sessionId(): string | undefined;
    /**
     * Sends one request. `method` is what an error calls it. It outlives a drop of the stream where that is safe.
     *
     * @throws {CliError} when the server refuses it or does not come back, the time is up or the user interrupts.
     */
    request<T>(method: string, send: (client: Client, options: RequestOptions) => Promise<T>): Promise<T>;
    /** Tells of every notification, until what it returns is called. */
    listen(listener: Listener): () => void;
    /** Never resolves; rejects with a CliError when the server does not come back or the user interrupts. */
    ended: Promise<never>;
    /** Never resolves; rejects with a CliError when the server turns out to send nothing of its own accord. */
    silent: Promise<never>;
    /** The same connection, of which each request is cancelled when that signal aborts. */
    withSignal(signal: AbortSignal): Connection;
}

type Listener = (notification: JSONRPCNotification) => void;

/** How long last messages may take on their way out, in milliseconds. */
const FAREWELL_MS = 500;

/**
 * Connects and initializes a session; over HTTP+SSE where the settings leave the transport open and the server has no
 * Streamable HTTP.
 *
 * @throws {CliError} when that does not work out in time.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
    const { url, headers, signal, timeoutMs, connectTimeoutMs, reconnectTimeoutMs, trace, onState } = options;
    const end = new AbortController();
    const fail = (error: CliError) => end.abort(error);
    const http = createHttp({ url, headers, trace, fail });
    const ended = rejectOnAbort(end.signal);
    const silence = new AbortController();
    const silent = rejectOnAbort(silence.signal);
    const onNoStream = (reason: TransportError) => {
        trace?.note(`no stream of the server's own: ${reason.message}`);
        silence.abort(toNoStream(url, reason));
    };
    const listeners = new Set<Listener>();
    let opened: Opened | undefined;

    const close = async () => {
        signal.removeEventListener('abort', interrupt);
        // A cancellation may be on its way, after an interruption or a time limit; not when the server is gone.
        const isThere = signal.aborted || !end.signal.aborted;
        if (isThere) await inTime(http.settle());
        // Before the session's end, which would look like a drop.
        await opened?.client.close();
        await inTime(opened?.carrier.endSession());
        http.abort();
        await trace?.settle();
    };

    const attempt = async <T>(method: string, work: () => Promise<T>): Promise<T> => {
        try {
            end.signal.throwIfAborted();
            return await Promise.race([work(), ended]);
        } catch (error) {
            const older = findNoStreamableHttp(error);
            if (older) throw older;
            // Whatever the SDK makes of it, the first failure is the cause of all others, but for what it leaves open.
            if (!end.signal.aborted || isOutcomeUnknown(error)) throw toRequestError(method, error, options);
            throw end.signal.reason;
        }
    };

    const open = async (kind: TransportKind, mayFallBack: boolean): Promise<Opened> => {
        const fetch = http.createFetch(kind, mayFallBack);
        const timing = { connectTimeoutMs, reconnectTimeoutMs };
        opened = createClient(createTransport(kind, { url, fetch, ...timing, onState, onNoStream }), options, fail);
        const { client, carrier } = opened;
        // The SDK keeps this handler beside its own.
        carrier.transport.onmessage = message => {
            if (isJSONRPCNotification(message)) for (const listener of listeners) listener(message);
        };
        await attempt('initialize', () => client.connect(carrier.transport, { timeout: connectTimeoutMs }));
        return opened;
    };
    const openEither = async () => {
        const startedAt = performance.now();
        try {
            return await open('http', true);
        } catch (error) {
            if (!(error instanceof NoStreamableHttp)) throw error;
            const cost = (performance.now() - startedAt).toFixed(1);
            trace?.note(`${error.status} to a POST: falls back to HTTP+SSE, which cost ${cost} ms`);
            return await open('sse', false);
        }
    };

    const interrupt = () => fail(interrupted());
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    const timer = setTimeout(() => {
        const reason = `not ready within ${connectTimeoutMs} ms; a larger --connect-timeout waits longer`;
        fail(new CliError('unreachable', `cannot reach ${displayUrl(url)}: ${reason}`));
    }, connectTimeoutMs);
    try {
        const { transport } = options;
        const { client, carrier, protocolVersion } = await (transport === 'auto'
            ? openEither()
            : open(transport, false));
        const connection = {
            client,
            url,
            transport: carrier.kind,
            protocolVersion: protocolVersion(),
            sessionId: carrier.sessionId,
            ended,
            silent,
            listen(listener: Listener) {
                listeners.add(listener);
                return () => void listeners.delete(listener);
            },
            [Symbol.asyncDispose]: close
        };
        const withSignal = (cancelling: AbortSignal): Connection => ({
            ...connection,
            withSignal,
            request: (method, send) =>
                attempt(method, () =>
                    cancellable(cancelling, cancel => send(client, { signal: cancel, timeout: timeoutMs }))
                )
        });
        return withSignal(signal);
    } catch (error) {
        await close();
        throw error;
    } finally {
        clearTimeout(timer);
    }
}

interface Opened {
    client: Client;
    carrier: ClientTransport;
    protocolVersion(): string;
}

/** A client of the SDK is good for one transport; after a failed start it cannot be used again. */
function createClient(carrier: ClientTransport, options: ConnectOptions, fail: (error: CliError) => void): Opened {
    const client = new Client({ name: '@calc/sdk-client', version });
    const { transport } = carrier;
    let negotiated = '';
    client.onerror = error => {
        if (negotiated !== '' && isNotAMessage(error)) return options.trace?.note(`passed over: ${error.message}`);
        const problem = toStreamError(options.url, error);
        if (problem) fail(problem);
    };
    client.onclose = () => {
        const { closeReason } = transport;
        if (closeReason) fail(toRequestError('the connection', closeReason, options));
    };
    const tellTransport = transport.setProtocolVersion.bind(transport);
    // The SDK tells its transport only.
    transport.setProtocolVersion = protocolVersion => {
        negotiated = protocolVersion;
        tellTransport(protocolVersion);
    };
    return { client, carrier, protocolVersion: () => negotiated };
}

/** The refusal of Streamable HTTP, which the transport takes for a network that failed. */
function findNoStreamableHttp(error: unknown): NoStreamableHttp | undefined {
    const cause = error instanceof TransportError ? error.cause : error;
    return cause instanceof NoStreamableHttp ? cause : undefined;
}

/** Waits for last words, but not for long, nor for what becomes of them. */
async function inTime(farewell: Promise<unknown> | undefined): Promise<void> {
    await Promise.race([farewell?.catch(() => {}), delay(FAREWELL_MS, undefined, { ref: false })]);
}
