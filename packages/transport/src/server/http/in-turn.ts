import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait on one connection: more than any client sends ahead. */
const MAX_WAITING = 100;

/**
 * Handles each request only when the answers before it on its connection have been sent (HTTP/1.1 pipelining; RFC 9112,
 * section 9.3.2). Node hands a request over as soon as it is parsed, and its response then has no connection yet: it
 * holds memory and places until the client has read all answers before it, and is not notified if the connection closes.
 *
 * A connection on which more than 100 requests wait is closed. A request whose connection closes before its turn is
 * dropped.
 *
 * @param timeoutMs time without progress after which node takes the connection for idle, in milliseconds; it is set
 * again at each turn, so that one response cannot change the limit of the next. 0 for none.
 */
export function inTurn(handler: RequestListener, timeoutMs = 0): RequestListener {
    const waiting = new WeakMap<Socket, number>();
    return (req, res) => {
        // Nearly all requests have the connection to themselves.
        if (res.socket) return handler(req, res);
        const { socket } = req;
        const count = (waiting.get(socket) ?? 0) + 1;
        if (count > MAX_WAITING) return void socket.destroy();
        waiting.set(socket, count);
        res.once('socket', () => {
            waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
            socket.setTimeout(timeoutMs);
            handler(req, res);
        });
    };
}
