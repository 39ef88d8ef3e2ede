// A process that runs many servers in itself: what they import is loaded once. Its parent is server-host.ts.
import { subscribe } from 'node:diagnostics_channel';
import { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { dirname, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Starts the server in a file with these environment variables, or stops it. */
export type HostRequest = { start: string; env: Record<string, string> } | { stop: string };

/** The port of the server in that file, or why there is none. A server may fail after it has listened, too. */
export type HostReply = { file: string; port: number } | { file: string; failed: string };

/** Longest time from the import of a server until it listens, in milliseconds. */
const MAX_START_MS = 30_000;

const servers = new Map<string, Server>();
let onListening: ((server: Server) => void) | undefined;

subscribe('tracing:net.server.listen:asyncEnd', message => {
    const { server } = message as { server: Server };
    onListening?.(server);
});

process.on('message', (request: HostRequest) => {
    if ('stop' in request) stop(request.stop);
    else void start(request.start, request.env);
});

process.on('disconnect', () => process.exit());

process.on('uncaughtException', error => {
    if (!accuse(String(error?.stack ?? error))) throw error;
});

// A report shows the errors that a process prints, and which server printed one is not known for sure here.
process.stderr.write = (chunk: string | Uint8Array) => {
    accuse(String(chunk));
    return true;
};

/** Only the server whose code is in the stack has failed; the others continue. Returns whether one has. */
function accuse(stack: string): boolean {
    const guilty = [...servers.keys()].filter(file => stack.includes(dirname(file) + sep));
    for (const file of guilty) reply({ file, failed: stack });
    return guilty.length > 0;
}

/** The parent starts one server after another, so that the one that begins to listen is that of the file. */
async function start(file: string, env: Record<string, string>): Promise<void> {
    Object.assign(process.env, env);
    const listening = new Promise<Server>((resolve, reject) => {
        onListening = resolve;
        setTimeout(() => reject(new Error('it does not listen')), MAX_START_MS).unref();
    });
    try {
        await import(pathToFileURL(file).href);
        const server = await listening;
        servers.set(file, server);
        reply({ file, port: (server.address() as AddressInfo).port });
    } catch (error) {
        reply({ file, failed: String(error) });
    }
    onListening = undefined;
}

function stop(file: string): void {
    const server = servers.get(file);
    server?.close();
    if (server instanceof HttpServer) server.closeAllConnections();
}

function reply(message: HostReply): void {
    process.send?.(message);
}
