import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body and calls `done` once, with the bytes. If the body is larger than `maxBytes`, calls `done` with
 * undefined as soon as that is known, and leaves the rest unread. If the client disconnects, `done` is never called.
 */
export function readBody(req: IncomingMessage, maxBytes: number, done: (body: Buffer | undefined) => void): void {
    if (Number(req.headers['content-length']) > maxBytes) return done(undefined);
    let body: Buffer = EMPTY;
    let bytes = 0;
    const take = (chunk: Buffer) => {
        const start = bytes;
        bytes += chunk.length;
        if (bytes > maxBytes) {
            req.off('data', take);
            req.off('end', finish);
            return done(undefined);
        }
        // Nearly all bodies are one chunk. Several chunks are copied into one buffer: a chunk of one byte would keep 100 bytes.
        if (start === 0) body = chunk;
        else {
            if (bytes > body.length) body = grow(body, Math.min(maxBytes, 2 * bytes));
            chunk.copy(body, start);
        }
    };
    const finish = () => done(body.subarray(0, bytes));
    req.on('data', take);
    req.on('end', finish);
    // Without a listener, a client that disconnects would cause an uncaught error.
    req.on('error', () => {});
}

const EMPTY = Buffer.alloc(0);

function grow(body: Buffer, length: number): Buffer {
    const grown = Buffer.allocUnsafe(length);
    body.copy(grown);
    return grown;
}

/** How much of a rejected body is read before the connection is closed, in bytes. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;
/** How long a rejected body is read before the connection is closed, in milliseconds. */
const MAX_DISCARD_MS = 10_000;

/**
 * Reads the rest of a body without keeping it, and then calls `done`; not more than 64 MiB and not longer than 10 s. If a
 * server closes a connection while the client still sends, the client gets a reset instead of the answer.
 */
export function discardBody(req: IncomingMessage, done: () => void): void {
    let bytes = 0;
    let over = false;
    const finish = () => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        done();
    };
    const timer = setTimeout(finish, MAX_DISCARD_MS).unref();
    req.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_DISCARDED_BYTES) finish();
    });
    req.on('end', finish);
    req.on('close', finish);
    req.resume();
}
