import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between clients and a server, and breaks event streams as a bad network does; never a POST. */
export interface TcpProxy extends Disposable {
    port: number;
    /** Connections that carry an event stream and could be cut now. */
    readonly size: number;
    /** Destroys both ends of one of them, with all that is on its way; `pick` is from 0 up to 1. */
    cut(pick: number): void;
    /**
     * Destroys each of them in the middle of what comes down next: `part`, from 0 up to 1, is how much of that is
     * passed on, wherever in an event this ends. Settles when they are gone.
     */
    tear(part: number): Promise<void>;
}

interface Connection {
    near: Socket;
    far: Socket;
}

const STREAM_REQUEST = 'GET /sse ';

/** Starts a proxy on a free port of 127.0.0.1 that passes every connection on to `target`. */
export async function startProxy(target: number): Promise<TcpProxy> {
    const connections = new Set<Connection>();
    const streams = new Set<Connection>();
    const server = createServer({ noDelay: true }, near => {
        const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
        const connection = { near, far };
        connections.add(connection);
        const destroy = () => {
            connections.delete(connection);
            streams.delete(connection);
            near.destroy();
            far.destroy();
        };
        for (const socket of [near, far]) socket.on('error', destroy).on('close', destroy);
        // A browser may ask for the stream on a connection that it has posted on; each request starts a chunk.
        near.on('data', chunk => {
            if (chunk.toString('latin1', 0, STREAM_REQUEST.length) === STREAM_REQUEST) streams.add(connection);
        });
        near.pipe(far).pipe(near);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
        port: (server.address() as AddressInfo).port,
        get size() {
            return streams.size;
        },
        cut(pick) {
            const all = [...streams];
            const chosen = all[Math.floor(pick * all.length)];
            if (chosen) destroyOne(chosen);
        },
        async tear(part) {
            await Promise.all([...streams].map(connection => tearOne(connection, part)));
        },
        [Symbol.dispose]() {
            server.close();
            for (const connection of connections) destroyOne(connection);
        }
    };
}

function destroyOne({ near, far }: Connection): void {
    near.destroy();
    far.destroy();
}

function tearOne({ near, far }: Connection, part: number): Promise<void> {
    return new Promise(resolve => {
        near.once('close', () => resolve());
        far.unpipe(near);
        far.once('data', chunk => {
            far.pause();
            near.write(chunk.subarray(0, Math.floor(part * chunk.length)), () => destroyOne({ near, far }));
        });
        far.resume();
    });
}
