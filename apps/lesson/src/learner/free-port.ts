import { once } from 'node:events';
import { createServer } from 'node:net';

const MAX_ATTEMPTS = 50;

/** Finds a free port of the loopback interface: the first from `first` on, or any for 0. */
export async function findFreePort(first = 0): Promise<number> {
    for (let port = first; port < first + MAX_ATTEMPTS; port++) {
        const found = await listenOnce(port);
        if (found !== undefined) return found;
    }
    throw new Error(`the ports ${first} to ${first + MAX_ATTEMPTS - 1} are taken`);
}

async function listenOnce(port: number): Promise<number | undefined> {
    const server = createServer();
    try {
        await once(server.listen({ port, host: '127.0.0.1' }), 'listening');
        const address = server.address();
        return typeof address === 'object' && address ? address.port : undefined;
    } catch (error) {
        if (error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE') return undefined;
        throw error;
    } finally {
        server.close();
    }
}
