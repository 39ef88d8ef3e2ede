import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between clients and a server, and breaks their connections as a bad network does. */
export interface TcpProxy extends Disposable {
    port: number;
    /** Connections that could be cut now. */
    readonly size: number;
    /** Destroys both ends of one connection, with all that is on its way; `pick` is from 0 up to 1. */
    cut(pick: number): void;
}

/** Starts a proxy on a free port of 127.0.0.1 that passes every connection on to `target`. */
export async function startProxy(target: number): Promise<TcpProxy> {
    const connections = new Set<{ near: Socket; far: Socket }>();
    const server = createServer({ noDelay: true }, near => {
        const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
        const connection = { near, far };
        connections.add(connection);
        const destroy = () => {
            connections.delete(connection);
            near.destroy();
            far.destroy();
        };
        for (const socket of [near, far]) socket.on('error', destroy).on('close', destroy);
        near.pipe(far).pipe(near);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const destroyOne = ({ near, far }: { near: Socket; far: Socket }) => {
        near.destroy();
        far.destroy();
    };
    return {
        port: (server.address() as AddressInfo).port,
        get size() {
            return connections.size;
        },
        cut(pick) {
            const all = [...connections];
            const chosen = all[Math.floor(pick * all.length)];
            if (chosen) destroyOne(chosen);
        },
        [Symbol.dispose]() {
            server.close();
            for (const connection of connections) destroyOne(connection);
        }
    };
}
