import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** Longest queue of requests on one connection; no known client pipelines so many. */
const MAX_WAITING = 100;

/**
 * Handles each request only when the earlier answers on its connection have been sent (HTTP/1.1 pipelining; RFC 9112,
 * section 9.3.2). Node calls its listener as soon as a request is parsed, even if earlier answers are still being sent.
 * Until then the response has no connection: it would take memory and places, and would not see the connection close.
 *
 * A connection with more than 100 waiting requests is closed. A request whose connection closes first is dropped.
 *
 * @param timeoutMs time without progress after which node reports the connection as idle, in milliseconds; 0 disables it.
 * It is set again for each request, because a handler may have changed it for its own response.
 */
export function inTurn(handler: RequestListener, timeoutMs = 0): RequestListener {
    const waiting = new WeakMap<Socket, number>();
    return (req, res) => {
        // Fast path: no earlier request is unanswered.
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
