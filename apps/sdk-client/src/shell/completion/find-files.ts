import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Lists the paths that begin with this text, folders with a slash at the end; none if the folder cannot be read. */
export function findFiles(beginning: string): string[] {
    const at = beginning.lastIndexOf('/') + 1;
    const folder = beginning.slice(0, at);
    const typed = beginning.slice(at);
    try {
        return readdirSync(folder || '.')
            .filter(name => name.startsWith(typed) && (typed !== '' || !name.startsWith('.')))
            .map(name => `${folder}${name}${isFolder(join(folder, name)) ? '/' : ''}`)
            .sort();
    } catch {
        return [];
    }
}

function isFolder(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
