import { once } from 'node:events';
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { Log } from '../operations/log.ts';
import { CHECK_ENTRY_MS, type Peers } from './peers.ts';

/** The headers of a client, and those that its worker adds. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Time for the last answers to other workers, in milliseconds. */
const LAST_ANSWERS_MS = 250;

/**
 * Listens on this worker's private address. Returns a function that closes it, and that resolves when the other workers
 * have received all answers. Listens again if something removes the socket.
 *
 * @param classes of requests and responses, as for the public port.
 */
export async function listenPrivately(peers: Peers, classes: ServerOptions, handler: RequestListener, log: Log) {
    // The worker that took a request has limited its time.
    const limits = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, maxHeaderSize: MAX_HEADER_BYTES };
    const server = createServer({ ...classes, ...limits, joinDuplicateHeaders: true }, handler);
    const listen = async () => {
        peers.restoreFolder();
        // Not shared with other workers, as node:cluster does otherwise.
        server.listen({ path: peers.address, exclusive: true });
        await once(server, 'listening');
        peers.enter();
    };
    await listen();
    const check = setInterval(() => {
        if (peers.isEntered()) return;
        log.warn('the socket for the other workers was removed; this worker listens again');
        server.close();
        listen().catch(({ message }: Error) =>
            log.error(`this worker cannot listen for the other workers: ${message}`)
        );
    }, CHECK_ENTRY_MS).unref();
    return async (): Promise<void> => {
        clearInterval(check);
        peers.leave();
        const closed = once(server, 'close');
        server.close();
        // The sessions have ended, and what is left would be rejected.
        const timer = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
        await closed;
        clearTimeout(timer);
        peers.close();
    };
}
