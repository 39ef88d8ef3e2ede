import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A server that has been started; disposing of it kills it and cuts all of its connections. */
export type Running = AsyncDisposable;

const LOWEST = 20_000;
/** Above are the ports that systems give to connections of their own. */
const HIGHEST = 32_767;

/** Finds a free port, for servers that need its number before they start or restart on it. */
export async function findPort(): Promise<number> {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    const server = createServer();
    try {
        await once(server.listen(port), 'listening');
    } catch (error) {
        if (Object(error).code !== 'EADDRINUSE') throw error;
        return await findPort();
    }
    server.close();
    await once(server, 'close');
    return port;
}

const POLL_MS = 50;

/** Waits until something listens on the port, for servers of which each says so in its own words. */
export async function untilListening(port: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const socket = connect(port, '127.0.0.1');
    try {
        await once(socket, 'connect');
    } catch {
        await delay(POLL_MS);
        await untilListening(port, signal);
    } finally {
        socket.destroy();
    }
}
