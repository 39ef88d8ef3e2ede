import { readFileSync } from 'node:fs';
import { usageError } from '../errors/cli-error.ts';

/** @throws {CliError} with code `usage` if the file does not exist or cannot be read. */
export function readTextFile(file: string): string {
    try {
        return readFileSync(file, 'utf8');
    } catch (error) {
        throw usageError(`cannot read ${file}: ${reasonOf(error)}`, { cause: error });
    }
}

function reasonOf(error: unknown): string {
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOENT') return 'there is no such file';
    if (code === 'EISDIR') return 'it is a folder';
    if (code === 'EACCES') return 'this user has no permission';
    return String(code ?? error);
}
