import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server on a free port; disposing of it drops all its connections. */
export interface HttpServer extends AsyncDisposable {
    /** The address of its event stream. */
    url: string;
    /** Cuts all connections and takes no new ones. */
    stop(): Promise<void>;
}

/** Serves `listener` on a free local port. */
export async function serve(listener: RequestListener): Promise<HttpServer> {
    const server = createServer(listener);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
    const stop = async () => {
        server.closeAllConnections();
        if (server.listening) await once(server.close(), 'close');
    };
    return { url: `http://127.0.0.1:${address.port}/sse`, stop, [Symbol.asyncDispose]: stop };
}
