import { connect } from 'node:net';

export interface AttackerOptions {
    port: number;
    /** Sent at once. */
    first: string;
    /** Sent after it, a byte a second, over and over. */
    drip?: string;
}

/** What became of one attacker. */
export interface Fate {
    /** The statuses that it was answered. */
    statuses: number[];
    /** How long its connection was open, in milliseconds. */
    openMs: number;
}

/** One connection of an attacker. */
export interface Attacker extends Disposable {
    /** Settles when the server has cut the connection. */
    cut: Promise<Fate>;
}

const DRIP_EVERY_MS = 1_000;

export function startAttacker({ port, first, drip }: AttackerOptions): Attacker {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const start = performance.now();
    let sent = 0;
    const timer = drip && setInterval(() => socket.write(drip.charAt(sent++ % drip.length)), DRIP_EVERY_MS);
    const cut = new Promise<Fate>(resolve => {
        socket.on('close', () => {
            clearInterval(timer);
            const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
            resolve({ statuses, openMs: performance.now() - start });
        });
    });
    // To be cut off while it sends is what it is here for.
    socket.on('error', () => {});
    socket.setEncoding('latin1').on('data', chunk => {
        received += chunk;
    });
    socket.write(first);
    return { cut, [Symbol.dispose]: () => void socket.destroy() };
}
