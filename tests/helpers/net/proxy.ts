import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One connection through a proxy. */
export interface ProxyConnection {
    /** The first line of the last request on it, such as `GET /sse HTTP/1.1`. */
    readonly requestLine: string;
}

export interface Proxy extends AsyncDisposable {
    url: string;
}

/**
 * Passes connections on to a server, and breaks them as it is told: of each chunk that comes down, `measure` says how
 * many bytes its client gets. If that is not all of it, the connection is broken there.
 */
export async function startProxy(
    target: string,
    measure: (chunk: Buffer, connection: ProxyConnection) => number
): Promise<Proxy> {
    const sockets = new Set<Socket>();
    const proxy = createServer(near => {
        const far = connect(Number(new URL(target).port), '127.0.0.1');
        const connection = { requestLine: '' };
        const destroy = () => {
            for (const end of [near, far]) sockets.delete(end.destroy());
        };
        for (const socket of [near, far]) sockets.add(socket.on('error', destroy).on('close', destroy));
        near.on('data', chunk => {
            const [line] = /^[A-Z]+ \S+ HTTP\/1\.1/.exec(chunk.toString('latin1')) ?? [];
            connection.requestLine = line ?? connection.requestLine;
        });
        near.pipe(far);
        far.on('data', chunk => {
            const bytes = measure(chunk, connection);
            if (bytes < chunk.length) far.pause();
            near.write(chunk.subarray(0, bytes), () => bytes < chunk.length && destroy());
        });
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    return {
        url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        async [Symbol.asyncDispose]() {
            for (const socket of sockets) socket.destroy();
            await new Promise(resolve => proxy.close(resolve));
        }
    };
}

/** A proxy whose `cut()` breaks the stream of GET /sse in the middle of the next chunk. */
export async function startCutting(target: string) {
    let isCutting = false;
    const proxy = await startProxy(target, ({ length }, { requestLine }) => {
        if (!isCutting || !requestLine.startsWith('GET /sse')) return length;
        isCutting = false;
        return Math.floor(length / 2);
    });
    const cut = () => {
        isCutting = true;
    };
    return { ...proxy, cut };
}
