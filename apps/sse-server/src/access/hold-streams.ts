import { setTimeout as wait } from 'node:timers/promises';
import { KEEP_ALIVE, type Limits, STREAM_HEADERS, toRetry } from '@calc/transport/server';
import type { ErrorRequestHandler, Response } from 'express';
import { cookieOf } from './authenticate.ts';
import { type SignIns, SignInsUnavailable } from './sign-ins.ts';

/** How often to look whether sign-ins can be checked again, in milliseconds. */
const LOOK_MS = 250;

export interface HoldOptions {
    signIns: SignIns;
    /** Of the streams that wait, `maxSessions` at most. */
    limits: Pick<Limits, 'heartbeatMs' | 'maxSessions' | 'retryMs'>;
    /** Headers to add to those of an event stream. */
    sseHeaders: Readonly<Record<string, string>>;
    /** Whether the server stops. */
    isDraining(): boolean;
}

/**
 * Answers a browser that resumes its stream while its sign-in cannot be checked: an EventSource would never come back after
 * a 503. Its stream has heartbeats and no event of a session. It ends when sign-ins can be checked again; the browser then
 * comes back, and its sign-in is checked as for any request.
 */
export function holdStreams({ signIns, limits, sseHeaders, isDraining }: HoldOptions): ErrorRequestHandler {
    /** The streams that wait, with the secrets of their cookies. */
    const held = new Map<Response, string>();
    let isLooking = false;

    const end = (res: Response): void => {
        held.delete(res);
        // At different times, so that they do not all come back at once.
        const retryMs = Math.ceil(Math.random() * limits.retryMs);
        res.end(`${toRetry(retryMs)}: come back\n\n`);
    };
    const look = async (): Promise<void> => {
        while (held.size > 0 && !isDraining()) {
            await wait(LOOK_MS, undefined, { ref: false });
            const [res, secret] = held.entries().next().value ?? [];
            if (!res || secret === undefined) return;
            try {
                if (await signIns.find(secret)) return;
                // Its sign-in has ended, which may be known without Redis.
                end(res);
            } catch (error) {
                if (!(error instanceof SignInsUnavailable)) return;
            }
        }
    };
    const endAll = () => {
        for (const res of held.keys()) end(res);
        isLooking = false;
    };
    const hold = (res: Response, secret: string): void => {
        // The heartbeats break the silence.
        res.req.socket.setTimeout(0);
        // The next request may go to another process.
        res.shouldKeepAlive = false;
        res.writeHead(200, { ...STREAM_HEADERS, ...sseHeaders });
        res.flushHeaders();
        const timer = setInterval(() => {
            // A client that does not read the end would keep its connection.
            if (res.writableEnded) res.destroy();
            else if (!res.writableNeedDrain) res.write(KEEP_ALIVE);
        }, limits.heartbeatMs);
        res.on('error', () => {}).on('close', () => {
            clearInterval(timer);
            held.delete(res);
        });
        held.set(res, secret);
        if (!isLooking) void look().then(endAll);
        isLooking = true;
    };
    return (error, req, res, next) => {
        const isResuming = req.method === 'GET' && Boolean(req.headers['last-event-id']);
        const isHeld = error instanceof SignInsUnavailable && isResuming && held.size < limits.maxSessions;
        if (!isHeld) return next(error);
        if (!res.destroyed) hold(res, cookieOf(req));
    };
}
