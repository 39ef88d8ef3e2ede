import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runNode } from '@calc/test-helpers';
import { install } from '../npx.ts';
import { type Running, untilListening } from './running.ts';

export const EVERYTHING = '2026.8.31';
export const FASTMCP = '4.20.16';

/** Servers from the registry, in a folder of their own that is deleted in the end. */
export interface Packages extends AsyncDisposable {
    startEverything(transport: 'sse' | 'streamableHttp', port: number): Promise<Running>;
    startFastmcp(port: number): Promise<Running>;
}

/**
 * Gets the servers from the registry.
 *
 * @throws {NoNetworkError} if it cannot be reached.
 */
export async function installServers(): Promise<Packages> {
    const folder = mkdtempSync(join(tmpdir(), 'servers-'));
    const remove = () => rmSync(folder, { recursive: true });
    try {
        await install([`@modelcontextprotocol/server-everything@${EVERYTHING}`, `fastmcp@${FASTMCP}`], folder);
    } catch (error) {
        remove();
        throw error;
    }
    const modules = join(folder, 'node_modules');
    const everything = join(modules, '@modelcontextprotocol/server-everything/dist/index.js');
    const fastmcp = pathToFileURL(join(modules, 'fastmcp/dist/FastMCP.js')).href;
    const script = fileURLToPath(new URL('fastmcp-server.mjs', import.meta.url));
    return {
        startEverything: (transport, port) => start(everything, [transport], port),
        startFastmcp: port => start(script, [fastmcp], port),
        [Symbol.asyncDispose]: async () => remove()
    };
}

async function start(script: string, args: string[], port: number): Promise<Running> {
    const server = runNode(script, args, { PORT: String(port) });
    const end = new AbortController();
    void server.ended.then(({ stderr }) => end.abort(new Error(`the server does not start: ${stderr.trim()}`)));
    await untilListening(port, end.signal);
    return server;
}
