import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf, isListening, listWorkers } from '../peers/address.ts';

const PREFIX = 'mcp-calculator-';
/** A younger folder may belong to a server that is starting, in milliseconds. */
const MIN_AGE_MS = 60_000;

/** Makes the folder for the private sockets of the workers. No other user can enter it: its mode is 0700. */
export function createPrivateFolder(): string {
    return mkdtempSync(join(tmpdir(), PREFIX));
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
