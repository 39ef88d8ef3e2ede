import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';

const IS_WINDOWS = process.platform === 'win32';
/** Hexadecimal digits at the end of a session id that name its worker. The other digits have 106 random bits. */
const DIGITS = 4;
const MAX_NUMBER = 16 ** DIGITS - 1;
const SESSION_ID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** The number of a worker, by which sessions and sockets name it. It comes again only after 65,535 workers. */
export function toNumber(workerId: number): number {
    return ((workerId - 1) % MAX_NUMBER) + 1;
}

/** Makes the id of a session that this worker holds. */
export function makeSessionId(worker: number): string {
    return randomUUID().slice(0, -DIGITS) + worker.toString(16).padStart(DIGITS, '0');
}

/** The number of the worker that made a session id; undefined if the text is not a session id. */
export function workerOf(sessionId: string): number | undefined {
    return SESSION_ID.test(sessionId) ? Number.parseInt(sessionId.slice(-DIGITS), 16) : undefined;
}

/** The private address of a worker: a Unix socket in the folder, on Windows a named pipe with the folder's random name. */
export function addressOf(folder: string, worker: number): string {
    return IS_WINDOWS ? `\\\\.\\pipe\\${basename(folder)}-${worker}` : join(folder, String(worker));
}

/** The numbers of the workers that listen. A worker that was killed may still be among them. */
export function listWorkers(folder: string): number[] {
    return existsSync(folder) ? readdirSync(folder).map(Number) : [];
}

/**
 * Makes the folder again if something has removed it, such as a program that tidies the temporary directory.
 *
 * @throws {ConfigError} with code `cannot-listen` if another user has made it meanwhile.
 */
export function restoreFolder(folder: string): void {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    const { uid, mode } = lstatSync(folder);
    if (IS_WINDOWS || (uid === process.getuid?.() && (mode & 0o077) === 0)) return;
    throw new ConfigError(
        'cannot-listen',
        `Another user can enter ${folder}, the folder of the workers; restart the server`
    );
}

/** Whether a worker has an entry. */
export function hasEntry(folder: string, worker: number): boolean {
    return existsSync(join(folder, String(worker)));
}

/** Notes that a worker listens on its address. On Unix its socket is the entry already. */
export function enter(folder: string, worker: number): void {
    const entry = join(folder, String(worker));
    if (IS_WINDOWS) writeFileSync(entry, '');
    else chmodSync(entry, 0o600);
}

/** Removes the entry of a worker. */
export function leave(folder: string, worker: number): void {
    rmSync(join(folder, String(worker)), { force: true });
}

/** Whether a process listens there, also one that accepts no more connections because it hangs. */
export function isListening(address: string): Promise<boolean> {
    return new Promise(resolve => {
        const socket = connect(address);
        const settle = (isOpen: boolean) => {
            resolve(isOpen);
            socket.destroy();
        };
        socket.on('connect', () => settle(true));
        // For example, EAGAIN means that too many connections wait there.
        socket.on('error', error => settle(!hasCode(error, 'ENOENT', 'ECONNREFUSED')));
    });
}

/** Whether an error of node has one of these codes. */
export function hasCode(error: Error, ...codes: string[]): boolean {
    return 'code' in error && codes.includes(String(error.code));
}
