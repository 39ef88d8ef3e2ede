import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body and calls back once: with the bytes, or with undefined as soon as it is larger
 * than `maxBytes` (the rest is then left unread). A sender that breaks off is not told of at all.
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
        // Nearly all bodies come as one chunk. Of the others the pieces are not kept: one of a single byte takes 100.
        if (start === 0) body = chunk;
        else {
            if (bytes > body.length) body = grow(body, Math.min(maxBytes, 2 * bytes));
            chunk.copy(body, start);
        }
    };
    const finish = () => done(body.subarray(0, bytes));
    req.on('data', take);
    req.on('end', finish);
    // Without a listener, a sender that breaks off would be an uncaught error.
    req.on('error', () => {});
}

const EMPTY = Buffer.alloc(0);

function grow(body: Buffer, length: number): Buffer {
    const grown = Buffer.allocUnsafe(length);
    body.copy(grown);
    return grown;
}

/** How much of a body that was refused is swallowed, at the most, before the connection is cut. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;
/** How long that may take, in milliseconds. */
const MAX_DISCARD_MS = 10_000;

/**
 * Throws away the rest of a body and then calls back. A connection that is closed while its client still sends is
 * reset, and the client would see that instead of the answer.
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
