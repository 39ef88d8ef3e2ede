import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { watch } from 'chokidar';

/** How often file times are compared, in milliseconds, for folders whose changes the system does not report. */
const POLL_MS = 2000;

/** An editor writes a file in several steps; a save ends when nothing has changed for this long, in milliseconds. */
const QUIET_MS = 100;

/** How a save came to light: the system reported it, or only the file times show it, as on network folders and in WSL. */
export type Noticed = 'reported' | 'found';

/** Calls `onSave` for each save below the folder. */
export function watchFolder(folder: string, onSave: (noticed: Noticed) => void) {
    let known = fingerprint(folder);
    let suspected = known;
    let quiet: NodeJS.Timeout | undefined;
    const look = (noticed: Noticed) => {
        const now = fingerprint(folder);
        if (now === known) return;
        known = now;
        onSave(noticed);
    };
    const watcher = watch(folder, { ignoreInitial: true, ignored: path => path.includes('node_modules') });
    watcher.on('all', () => {
        clearTimeout(quiet);
        quiet = setTimeout(() => look('reported'), QUIET_MS);
    });
    // A watch that breaks is like one that notices nothing.
    watcher.on('error', () => {});
    const poll = setInterval(() => {
        // What is new at one look only may still be reported.
        const now = fingerprint(folder);
        if (now === suspected) look('found');
        suspected = now;
    }, POLL_MS);
    return {
        /** Compares the file times now. */
        look: () => look('found'),
        async [Symbol.asyncDispose]() {
            clearTimeout(quiet);
            clearInterval(poll);
            await watcher.close();
        }
    };
}

/** Changes with each file that is saved, added or removed. */
function fingerprint(folder: string): string {
    try {
        const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
        const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
        return files.map(path => `${path} ${statSync(path).mtimeMs} ${statSync(path).size}`).join('\n');
    } catch {
        // While an editor replaces a file, it may be missing for a moment.
        return '';
    }
}
