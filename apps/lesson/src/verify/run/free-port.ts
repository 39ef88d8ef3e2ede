import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a free port for a program that does not report its own; below 32768, where systems assign no ports. */
export async function findFreePort(): Promise<number> {
    const port = randomInt(20_000, 32_768);
    try {
        const server = createServer().listen(port, '127.0.0.1');
        await once(server, 'listening');
        await once(server.close(), 'close');
        return port;
    } catch {
        return await findFreePort();
    }
}
