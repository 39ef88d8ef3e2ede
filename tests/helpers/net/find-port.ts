import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a free port for a program that cannot be given 0; below 32768, where systems assign no ports. */
export async function findPort(min = 20_000, max = 32_768): Promise<number> {
    for (;;) {
        const port = randomInt(min, max);
        const probe = createServer().listen(port, '127.0.0.1');
        const isFree = await once(probe, 'listening').then(
            () => true,
            () => false
        );
        if (!isFree) continue;
        probe.close();
        await once(probe, 'close');
        return port;
    }
}
