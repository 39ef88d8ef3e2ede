import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { afterInput, inTurn, LONGEST_TIMER_MS } from '@calc/transport/server';
import { createApp, type Overrides } from './app.ts';
import { toUrlHost } from './config/authority.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { expressClasses } from './http/express-classes.ts';

/** How long the last answers may take to leave when everything else is over, in milliseconds. */
const LAST_ANSWERS_MS = 250;
const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
    /** Where it listens, without a slash at the end: `http://127.0.0.1:3001`. */
    url: string;
    /** Lets calls in flight be answered, ends every stream, and settles when nothing is left open. Idempotent. */
    close(): Promise<void>;
}

/**
 * Starts the app on the configured address.
 *
 * @throws {ConfigError} with code `cannot-listen` if the port is taken or the address is not available.
 */
export async function startServer(config: Config, overrides: Overrides = {}): Promise<RunningServer> {
    // Not even loaded unless it is wanted.
    const faults = config.teachingFaults ? (await import('./faults/faults.ts')).createFaults() : undefined;
    const app = createApp(config, overrides, faults);
    // For clients that take no answer; later than a slow sender's 408. Streams have limits of their own.
    const timeoutMs = Math.min(2 * config.requestTimeoutMs, LONGEST_TIMER_MS);
    const server = createHttpServer(config, expressClasses(app.express), inTurn(app.handler, timeoutMs));
    server.timeout = timeoutMs;
    server.on('timeout', closeIfStill);
    const closeConnections = createConnectionCloser(server, config);
    server.listen(config.port, config.host);
    try {
        await once(server, 'listening');
    } catch (error) {
        throw new ConfigError('cannot-listen', explain(error, config), { cause: error });
    }

    let closed: Promise<void> | undefined;
    const close = () => {
        closed ??= (async () => {
            const ended = once(server, 'close');
            await app.drain(config.shutdownTimeoutMs);
            server.close();
            // What is half sent now would be refused once it is whole.
            const timer = setTimeout(closeConnections, LAST_ANSWERS_MS);
            await ended;
            clearTimeout(timer);
        })();
        return closed;
    };
    return { url: toUrl(config, server.address() as AddressInfo), close, [Symbol.asyncDispose]: close };
}

/** Closes a connection whose time is over, unless it turns out to have moved in time. */
function closeIfStill(socket: Socket): void {
    const measure = () => `${socket.bytesRead} ${socket.bytesWritten} ${socket.writableLength}`;
    const before = measure();
    afterInput(() => {
        if (measure() === before) socket.destroy();
    });
}

/** A sender that never finishes is cut off, with 408 where an answer is still possible. */
function createHttpServer(config: Config, classes: ServerOptions, handler: RequestListener): Server {
    const options: ServerOptions = {
        ...classes,
        // Of two headers of one name, node would drop the second: two Hosts, or two credentials, must not pass as one.
        joinDuplicateHeaders: true,
        requestTimeout: config.requestTimeoutMs,
        headersTimeout: config.requestTimeoutMs,
        // Node takes 0 for no limit at all.
        keepAliveTimeout: Math.max(1, config.keepAliveMs),
        // How often senders are looked at: a fraction of the time they have.
        connectionsCheckingInterval: Math.min(30_000, Math.ceil(config.requestTimeoutMs / 4))
    };
    if (!config.tls) return createServer(options, handler);
    return createTlsServer({ ...options, ...config.tls, handshakeTimeout: config.requestTimeoutMs }, handler);
}

/** Returns what closes every connection. Of those that still shake hands for TLS `closeAllConnections` knows nothing. */
function createConnectionCloser(server: Server, { tls }: Config): () => void {
    if (!tls) return () => server.closeAllConnections();
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
    });
    return () => {
        for (const socket of sockets) socket.destroy();
    };
}

function toUrl({ host, tls }: Config, { port }: AddressInfo): string {
    // "All addresses" is none that a client could connect to.
    return `${tls ? 'https' : 'http'}://${ALL_ADDRESSES.has(host) ? 'localhost' : toUrlHost(host)}:${port}`;
}

function explain(error: unknown, { port, host }: Config): string {
    switch (error instanceof Error && 'code' in error && error.code) {
        case 'EADDRINUSE':
            return `Port ${port} on ${host} is taken; choose another, such as PORT=${port + 1}, or PORT=0 for any free one`;
        case 'EACCES':
            return `Port ${port} needs rights this user has not; choose one above 1023, such as PORT=3001`;
        case 'EADDRNOTAVAIL':
        case 'ENOTFOUND':
            return `HOST=${host} is no address of this machine; choose one of its own, such as HOST=127.0.0.1`;
        default:
            return `Cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : error}`;
    }
}
