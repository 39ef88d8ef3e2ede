import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { quoteSetting } from '@calc/tools/settings';

/** Certificate and key in PEM. */
export interface Tls {
    cert: string;
    key: string;
}

/** Reads both files; undefined if neither is set, or with a line more in `problems` for each mistake. */
export function readTls(
    { TLS_CERT, TLS_KEY }: { TLS_CERT: string | undefined; TLS_KEY: string | undefined },
    problems: string[]
): Tls | undefined {
    if (TLS_CERT === undefined && TLS_KEY === undefined) return undefined;
    const cert = readPem('TLS_CERT', TLS_CERT, problems);
    const key = readPem('TLS_KEY', TLS_KEY, problems);
    if (cert === undefined || key === undefined) return undefined;
    try {
        if (!cert.trim() || !key.trim()) throw new Error('the file is empty');
        createSecureContext({ cert, key });
        return Object.freeze({ cert, key });
    } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        problems.push(`TLS_CERT and TLS_KEY must be a certificate and its key in PEM: ${reason}`);
        return undefined;
    }
}

function readPem(name: string, path: string | undefined, problems: string[]): string | undefined {
    if (path === undefined) {
        problems.push(`${name} must be set too: TLS requires both a certificate and its key`);
        return undefined;
    }
    try {
        return readFileSync(path, 'utf8');
    } catch {
        problems.push(`${name} must be the path of a readable file, got ${quoteSetting(path)}`);
        return undefined;
    }
}
