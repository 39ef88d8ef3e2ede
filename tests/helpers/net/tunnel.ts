import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A port that leads to a server, and that can fail as a network does. */
export interface Tunnel extends AsyncDisposable {
    /** Without a slash at the end. */
    url: string;
    /** Destroys all connections; new ones lead to `target`, if it is given. */
    cut(target?: string): void;
}

/** Opens a tunnel to the server at a URL of this machine. */
export async function openTunnel(target: string): Promise<Tunnel> {
    const sockets = new Set<Socket>();
    let { port } = new URL(target);
    const server = createServer(near => {
        const far = connect(Number(port), '127.0.0.1');
        const destroy = () => {
            for (const socket of [near, far]) sockets.delete(socket.destroy());
        };
        for (const socket of [near, far]) sockets.add(socket.on('error', destroy).on('close', destroy));
        near.pipe(far).pipe(near);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const cut = () => {
        for (const socket of sockets) socket.destroy();
    };
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        cut(next) {
            if (next) ({ port } = new URL(next));
            cut();
        },
        async [Symbol.asyncDispose]() {
            server.close();
            cut();
            await once(server, 'close');
        }
    };
}
