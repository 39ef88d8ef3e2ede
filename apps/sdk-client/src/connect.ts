import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { CliError } from './errors.ts';
import { createHttp } from './http.ts';
import { toRequestError, toStreamError } from './sdk-errors.ts';
import { version } from './version.ts';

export interface ConnectOptions {
    /** Where the event stream is. */
    url: URL;
    /** Shown with every request, if there is one. */
    bearer: string | undefined;
    /** How long one request may take, in milliseconds. */
    timeoutMs: number;
    /** How long it may take until the server is ready for requests, in milliseconds. */
    connectTimeoutMs: number;
    /** Aborts when the user has had enough; the request under way is then cancelled at the server too. */
    signal: AbortSignal;
}

/** An initialized session with a server. Dispose of it, or the process lives on with the stream. */
export interface Connection extends AsyncDisposable {
    /**
     * Sends one request. `method` is what an error calls it.
     *
     * @throws {CliError} when the server refuses it, the stream drops, the time is up or the user interrupts.
     */
    request<T>(method: string, send: (client: Client, options: RequestOptions) => Promise<T>): Promise<T>;
}

/** How long a last `notifications/cancelled` may take on its way out, in milliseconds. */
const FAREWELL_MS = 500;

/**
 * Connects over HTTP+SSE and initializes a session.
 *
 * @throws {CliError} when that does not work out in time.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
    const { url, bearer, signal, timeoutMs, connectTimeoutMs } = options;
    const end = new AbortController();
    const fail = (error: CliError) => end.abort(error);
    const interrupt = () => fail(new CliError('interrupted', 'interrupted'));

    const http = createHttp({ url, bearer, fail });
    const client = new Client({ name: '@calc/sdk-client', version });
    client.onerror = error => {
        // After a drop the transport would reconnect to a new session, which knows nothing of the requests of this one.
        const problem = toStreamError(url, error);
        if (problem) fail(problem);
    };
    const ended = rejectOnAbort(end.signal);

    const close = async () => {
        signal.removeEventListener('abort', interrupt);
        // A cancellation may be on its way, after an interruption or a time limit; not when the server is gone.
        if (signal.aborted || !end.signal.aborted) await http.settle(FAREWELL_MS);
        await client.close();
        http.abort();
    };

    const attempt = async <T>(method: string, work: () => Promise<T>): Promise<T> => {
        try {
            end.signal.throwIfAborted();
            return await Promise.race([work(), ended]);
        } catch (error) {
            // Whatever the SDK makes of it, the first failure is the cause of all others.
            throw end.signal.aborted ? end.signal.reason : toRequestError(method, error, timeoutMs);
        }
    };

    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    const timer = setTimeout(() => {
        const reason = `not ready within ${connectTimeoutMs} ms; a larger --connect-timeout waits longer`;
        fail(new CliError('unreachable', `cannot reach ${url.href}: ${reason}`));
    }, connectTimeoutMs);
    try {
        const transport = new SSEClientTransport(url, { fetch: http.fetch });
        await attempt('initialize', () => client.connect(transport, { timeout: connectTimeoutMs }));
    } catch (error) {
        await close();
        throw error;
    } finally {
        clearTimeout(timer);
    }

    return {
        request: (method, send) =>
            attempt(method, () => cancellable(signal, cancel => send(client, { signal: cancel, timeout: timeoutMs }))),
        [Symbol.asyncDispose]: close
    };
}

/**
 * Gives each request a signal of its own: the SDK never stops listening to it,
 * and would cancel the requests that were answered long ago as well.
 */
async function cancellable<T>(signal: AbortSignal, work: (cancel: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const cancel = () => controller.abort(signal.reason);
    signal.addEventListener('abort', cancel, { once: true });
    try {
        return await work(controller.signal);
    } finally {
        signal.removeEventListener('abort', cancel);
    }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
    const promise = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    // There may be nobody waiting for it.
    promise.catch(() => {});
    return promise;
}
