import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IMPORT = /from '(\.{1,2}\/[^']+)'/g;

/** Finds the files of tests below a folder that start a server of the app, themselves or by a file that they import. */
export function findTestsWithServer(folder: string, ending: string): string[] {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path => join(folder, path));
    return paths.filter(path => path.endsWith(ending) && startsServer(path)).toSorted();
}

function startsServer(path: string): boolean {
    // The tests of rules quote imports of files that do not exist.
    if (!existsSync(path)) return false;
    const text = readFileSync(path, 'utf8');
    if (text.includes('startServer')) return true;
    return [...text.matchAll(IMPORT)].some(([, imported = '']) => startsServer(join(dirname(path), imported)));
}
