import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** More than any client sends ahead; each costs a few kilobytes until its client has read all answers before it. */
const MAX_WAITING = 100;

/**
 * Cuts off a connection on which too many answers wait for their turn (pipelining). Node reads no further while they
 * are not read, but it has then handled all requests of the last 64 KB: a thousand and more.
 */
export function limitPipelining(handler: RequestListener): RequestListener {
    const waiting = new WeakMap<Socket, number>();
    const change = (socket: Socket, by: number) => {
        const count = (waiting.get(socket) ?? 0) + by;
        waiting.set(socket, count);
        return count;
    };
    return (req, res) => {
        // It has the connection to itself, as nearly all have.
        if (res.socket) return handler(req, res);
        if (change(req.socket, 1) > MAX_WAITING) return void req.socket.destroy();
        res.once('socket', () => change(req.socket, -1));
        handler(req, res);
    };
}
