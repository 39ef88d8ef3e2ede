import { CliError } from '../errors/cli-error.ts';
import type { Connection, ConnectOptions } from './connection.ts';
import { displayUrl } from './display-url.ts';
import { NoStreamableHttp } from './fallback.ts';
import { cancellable } from './interruption.ts';
import { Link } from './link.ts';

type Opened = Awaited<ReturnType<Link['open']>>;

/**
 * Connects and initializes a session. With the transport `auto` it tries Streamable HTTP first, and HTTP+SSE if the
 * server has no Streamable HTTP.
 *
 * @throws {CliError} if this fails or exceeds `connectTimeoutMs`.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
    const { url, transport, connectTimeoutMs } = options;
    const link = new Link(options);
    const timer = setTimeout(() => {
        const reason = `not ready within ${connectTimeoutMs} ms; a larger --connect-timeout waits longer`;
        link.fail(new CliError('unreachable', `cannot reach ${displayUrl(url)}: ${reason}`));
    }, connectTimeoutMs);
    try {
        const opened = await (transport === 'auto' ? openEither(link, options) : link.open(transport, false));
        return toConnection(link, opened, options, options.signal);
    } catch (error) {
        await link.close();
        throw error;
    } finally {
        clearTimeout(timer);
    }
}

async function openEither(link: Link, { trace }: ConnectOptions): Promise<Opened> {
    const startedAt = performance.now();
    try {
        return await link.open('http', true);
    } catch (error) {
        if (!(error instanceof NoStreamableHttp)) throw error;
        const cost = (performance.now() - startedAt).toFixed(1);
        trace?.note(`${error.status} to a POST: falls back to HTTP+SSE, which cost ${cost} ms`);
        return await link.open('sse', false);
    }
}

function toConnection(link: Link, opened: Opened, options: ConnectOptions, signal: AbortSignal): Connection {
    const { client, kind, sessionId, protocolVersion } = opened;
    return {
        client,
        url: options.url,
        transport: kind,
        protocolVersion,
        sessionId,
        ended: link.ended,
        silent: link.silent,
        request: (method, send) =>
            link.attempt(method, () =>
                cancellable(signal, cancel => send(client, { signal: cancel, timeout: options.timeoutMs }))
            ),
        listen(listener) {
            link.listeners.add(listener);
            return () => void link.listeners.delete(listener);
        },
        withSignal: other => toConnection(link, opened, options, other),
        [Symbol.asyncDispose]: () => link.close()
    };
}
