import { writeSync } from 'node:fs';

const STDERR = 2;
/** Lines are written once they have this many UTF-16 code units, */
const BATCH = 4096;
/** or after this many milliseconds. */
const MAX_DELAY_MS = 100;
/** Lines beyond this backlog are dropped, in UTF-16 code units. */
const MAX_WAITING = 1024 * 1024;

let lines = '';
let rest: Buffer = Buffer.alloc(0);
let timer: NodeJS.Timeout | undefined;
let isOpen = false;

/**
 * Writes a line to standard error within 100 ms. pino's own writers block or throw when the disk is full or the reader
 * stops; this one drops lines instead, so the log never delays or ends the server.
 */
export function writeLine(line: string): void {
    if (!isOpen) open();
    if (lines.length > MAX_WAITING) return;
    lines += line;
    if (lines.length >= BATCH && rest.length === 0) flush();
    timer ??= setTimeout(flush, MAX_DELAY_MS).unref();
}

function open(): void {
    isOpen = true;
    // Reading this property sets a pipe to non-blocking: when full it reports EAGAIN instead of blocking the process.
    void process.stderr;
    process.on('exit', flush);
}

function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    try {
        if (rest.length > 0) rest = rest.subarray(writeSync(STDERR, rest));
        if (rest.length > 0 || !lines) return;
        rest = Buffer.from(lines);
        lines = '';
        rest = rest.subarray(writeSync(STDERR, rest));
    } catch (error) {
        const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
        if (!isFull) rest = rest.subarray(rest.length);
    }
    // The reader may continue before another line is written.
    if (rest.length > 0) timer = setTimeout(flush, MAX_DELAY_MS).unref();
}
