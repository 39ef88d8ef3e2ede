import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as setTimer } from 'node:timers/promises';

/** Passes bytes to a port of this machine and back, as slowly as a test says, or not at all. */
export interface TcpProxy extends AsyncDisposable {
    readonly port: number;
    /** Delay of what comes back from the server, in milliseconds. */
    delayMs: number;
    /** Number of connections that are open. */
    readonly open: number;
    /** Breaks all connections, and refuses new ones until `restore`. */
    cut(): void;
    restore(): void;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
    const pairs = new Set<readonly [Socket, Socket]>();
    let isCut = false;
    const server = createServer(near => {
        if (isCut) {
            near.destroy();
            return;
        }
        const far = connect(target, '127.0.0.1');
        const pair = [near, far] as const;
        pairs.add(pair);
        const destroy = () => {
            pairs.delete(pair);
            for (const socket of pair) socket.destroy();
        };
        for (const socket of pair) socket.on('error', destroy).on('close', destroy);
        near.pipe(far);
        let last = Promise.resolve();
        far.on('data', chunk => {
            const due = proxy.delayMs > 0 ? setTimer(proxy.delayMs) : undefined;
            // No chunk comes before an earlier one.
            last = last.then(() => due).then(() => void (near.writable && near.write(chunk)));
        });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const destroyAll = () => {
        for (const socket of [...pairs].flat()) socket.destroy();
    };
    const proxy: TcpProxy = {
        port: (server.address() as AddressInfo).port,
        delayMs: 0,
        get open() {
            return pairs.size;
        },
        cut() {
            isCut = true;
            destroyAll();
        },
        restore() {
            isCut = false;
        },
        async [Symbol.asyncDispose]() {
            destroyAll();
            await new Promise(resolve => server.close(resolve));
        }
    };
    return proxy;
}
