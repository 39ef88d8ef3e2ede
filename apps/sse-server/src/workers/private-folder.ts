import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';
import { addressOf, isListening, listWorkers } from '../peers/address.ts';

const PREFIX = 'mcp-calculator-';
/** A younger folder may belong to a server that is starting, in milliseconds. */
const MIN_AGE_MS = 60_000;

/** The longest name of a Unix socket on every system, in bytes. node would cut off the rest. */
const MAX_ADDRESS_BYTES = 103;
const HIGHEST_WORKER = 65_535;

/**
 * Makes the folder for the private sockets of the workers. No other user can enter it: its mode is 0700.
 *
 * @throws {ConfigError} with code `cannot-listen` if the folder cannot be made, or its name is too long for sockets in it.
 */
export function createPrivateFolder(): string {
    const prefix = join(tmpdir(), PREFIX);
    const longest = addressOf(`${prefix}XXXXXX`, HIGHEST_WORKER);
    if (Buffer.byteLength(longest) > MAX_ADDRESS_BYTES) throw unusable('its name is too long');
    try {
        return mkdtempSync(prefix);
    } catch (error) {
        throw unusable(error instanceof Error ? error.message : String(error));
    }
}

function unusable(reason: string): ConfigError {
    const advice = 'set TMPDIR to a folder with a short name in which the server can write, or WORKERS=1';
    return new ConfigError('cannot-listen', `Workers cannot have sockets in ${tmpdir()} (${reason}); ${advice}`);
}

/** Removes the folders that servers left behind when they were killed: nothing listens on any socket in them. */
export async function removeOldFolders(): Promise<void> {
    const folders = readdirSync(tmpdir()).filter(name => name.startsWith(PREFIX));
    await Promise.all(folders.map(name => removeIfOld(join(tmpdir(), name))));
}

async function removeIfOld(folder: string): Promise<void> {
    try {
        if (Date.now() - statSync(folder).mtimeMs < MIN_AGE_MS) return;
        const sockets = listWorkers(folder).map(worker => isListening(addressOf(folder, worker)));
        if (!(await Promise.all(sockets)).includes(true)) rmSync(folder, { recursive: true });
    } catch {
        // It belongs to another user, or another process has just removed it.
    }
}
