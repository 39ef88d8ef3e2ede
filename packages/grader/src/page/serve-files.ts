import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Record<string, string> = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.json': 'application/json'
};

/**
 * Makes a handler that serves the files of a folder, and no file outside of it. It never lets a browser cache them.
 *
 * @param path the address of the folder, with a slash at its end.
 * @returns a function that returns whether it answered.
 */
export function filesOf(folder: string, path: string): (request: IncomingMessage, response: ServerResponse) => boolean {
    const root = resolve(folder);
    return (request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (request.method !== 'GET' || !pathname.startsWith(path)) return false;
        const file = join(root, decodeURIComponent(pathname.slice(path.length)) || 'index.html');
        if (!file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile()) return false;
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
        createReadStream(file).pipe(response);
        return true;
    };
}
