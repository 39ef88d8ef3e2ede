import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Environment } from '@calc/tools';
import { createApp } from './app.ts';
import { type Config, toUrlHost } from './config.ts';
import { expressClasses } from './express-classes.ts';

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

/** It could not listen; the message names the variable to change. */
export class ListenError extends Error {
    override name = 'ListenError';
}

/**
 * Starts the app on the configured address. Overrides of the environment are for tests.
 *
 * @throws {ListenError} if the port is taken or the address is not to be had.
 */
export async function startServer(config: Config, overrides: Partial<Environment> = {}): Promise<RunningServer> {
    const app = createApp(config, overrides);
    const server = createServer(expressClasses(app.express), app.handler);
    server.listen(config.port, config.host);
    try {
        await once(server, 'listening');
    } catch (error) {
        throw new ListenError(explain(error, config), { cause: error });
    }

    let closed: Promise<void> | undefined;
    const close = () => {
        closed ??= (async () => {
            const ended = once(server, 'close');
            await app.drain(config.shutdownTimeoutMs);
            server.close();
            // What is half sent now would be refused once it is whole.
            const timer = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
            await ended;
            clearTimeout(timer);
        })();
        return closed;
    };
    return { url: toUrl(config, server.address() as AddressInfo), close, [Symbol.asyncDispose]: close };
}

function toUrl({ host }: Config, { port }: AddressInfo): string {
    // "All addresses" is none that a client could connect to.
    return `http://${ALL_ADDRESSES.has(host) ? 'localhost' : toUrlHost(host)}:${port}`;
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
