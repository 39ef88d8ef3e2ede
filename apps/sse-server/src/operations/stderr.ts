import { writeSync } from 'node:fs';

const STDERR = 2;
/** Lines are written when there are so many UTF-16 code units of them, */
const BATCH = 4096;
/** or after so many milliseconds. */
const MAX_DELAY_MS = 100;
/** More than that does not wait for a reader who has stopped reading; in UTF-16 code units. */
const MAX_WAITING = 1024 * 1024;

let lines = '';
let rest: Buffer = Buffer.alloc(0);
let timer: NodeJS.Timeout | undefined;
let isOpen = false;

/**
 * Writes a line to standard error, soon. A log never holds up the server and never ends it: what cannot be written,
 * since the disk is full or nobody reads, is lost.
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
    // To look at it makes a pipe that is full refuse (EAGAIN), where it would hold up the process for ever.
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
    // A reader may read on without another line being written.
    if (rest.length > 0) timer = setTimeout(flush, MAX_DELAY_MS).unref();
}
