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
import { createLog, type Log } from './operations/log.ts';
import type { Redis } from './redis/redis.ts';

/** Time to send the last answers after everything else has ended, in milliseconds. */
const LAST_ANSWERS_MS = 250;
const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);

/** A server that is listening. */
export interface RunningServer extends AsyncDisposable {
    /** Its address without a final slash, such as `http://127.0.0.1:3001`. */
    url: string;
    /** Answers calls in flight, ends every stream, and resolves when all connections have closed. Idempotent. */
    close(): Promise<void>;
}

/**
 * Starts the app on the configured address.
 *
 * @throws {ConfigError} with code `cannot-listen` if the port is taken or the address is unavailable.
 */
export async function startServer(config: Config, overrides: Overrides = {}): Promise<RunningServer> {
    // Loaded only if it is configured.
    const faults = config.teachingFaults ? (await import('./faults/faults.ts')).createFaults() : undefined;
    const log = createLog(config.log);
    const redis = config.redisUrl ? await loadRedis(config, config.redisUrl, log) : undefined;
    const app = createApp(config, overrides, { faults, redis });
    // Closes connections whose client does not read. Longer than the time after which a slow sender gets 408.
    const timeoutMs = Math.min(2 * config.requestTimeoutMs, LONGEST_TIMER_MS);
    const classes = expressClasses(app.express);
    const closeToWorkers = await app.openToWorkers(classes);
    const server = createHttpServer(config, classes, inTurn(app.handler, timeoutMs));
    server.timeout = timeoutMs;
    server.on('timeout', closeIfStill);
    const closeConnections = createConnectionCloser(server, config);
    server.listen(config.port, config.host);
    try {
        await once(server, 'listening');
    } catch (error) {
        await redis?.[Symbol.asyncDispose]();
        throw new ConfigError('cannot-listen', explain(error, config), { cause: error });
    }

    let closed: Promise<void> | undefined;
    const close = () => {
        closed ??= (async () => {
            log.info('server stopping');
            const ended = once(server, 'close');
            // Other processes answer from now on; a load balancer tries them if the connection is refused.
            if (redis) server.close();
            await app.drain(config.shutdownTimeoutMs);
            server.close();
            // Requests that are still incomplete would be rejected anyway.
            const timer = setTimeout(closeConnections, LAST_ANSWERS_MS);
            await ended;
            clearTimeout(timer);
            await closeToWorkers();
            await redis?.[Symbol.asyncDispose]();
            log.info('server stopped');
        })();
        return closed;
    };
    return { url: toUrl(config, server.address() as AddressInfo), close, [Symbol.asyncDispose]: close };
}

async function loadRedis(config: Config, url: string, log: Log): Promise<Redis> {
    const { connectRedis } = await import('./redis/redis.ts');
    return connectRedis(config, url, log);
}

/** Closes a connection that made no progress in time, unless input or output is still being handled. */
function closeIfStill(socket: Socket): void {
    const measure = () => `${socket.bytesRead} ${socket.bytesWritten} ${socket.writableLength}`;
    const before = measure();
    afterInput(() => {
        if (measure() === before) socket.destroy();
    });
}

/** Creates the HTTP or HTTPS server. A client that does not finish its request in time gets 408, and is disconnected. */
function createHttpServer(config: Config, classes: ServerOptions, handler: RequestListener): Server {
    const options: ServerOptions = {
        ...classes,
        // Otherwise node drops the second of two equal headers, and two Hosts or two credentials would pass as one.
        joinDuplicateHeaders: true,
        requestTimeout: config.requestTimeoutMs,
        headersTimeout: config.requestTimeoutMs,
        // For node, 0 means no limit.
        keepAliveTimeout: Math.max(1, config.keepAliveMs),
        // How often node checks the time limits of requests.
        connectionsCheckingInterval: Math.min(30_000, Math.ceil(config.requestTimeoutMs / 4))
    };
    if (!config.tls) return createServer(options, handler);
    return createTlsServer({ ...options, ...config.tls, handshakeTimeout: config.requestTimeoutMs }, handler);
}

/** Returns a function that closes every connection. `closeAllConnections` misses those in a TLS handshake. */
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
    // Clients cannot connect to the address that stands for all addresses.
    return `${tls ? 'https' : 'http'}://${ALL_ADDRESSES.has(host) ? 'localhost' : toUrlHost(host)}:${port}`;
}

function explain(error: unknown, { port, host }: Config): string {
    switch (error instanceof Error && 'code' in error && error.code) {
        case 'EADDRINUSE':
            return `Port ${port} on ${host} is taken; choose another, such as PORT=${port + 1}, or PORT=0 for any free one`;
        case 'EACCES':
            return `Port ${port} requires more rights than this user has; choose one above 1023, such as PORT=3001`;
        case 'EADDRNOTAVAIL':
        case 'ENOTFOUND':
            return `HOST=${host} is not an address of this machine; choose one of its own, such as HOST=127.0.0.1`;
        default:
            return `Cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : error}`;
    }
}
