import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../npx.ts';
import { type Running, untilListening } from '../servers/running.ts';

export const MCP_FRAMEWORK = '0.2.22';
export const SUPERGATEWAY = '4.0.0';
export const MCP_PROXY = '6.7.19';
/** The framework recognizes the types of its own copy of zod only. */
const ZOD = '3.25.76';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const STDIO_SERVER = ['node', '--import', 'tsx', '--conditions=@calc/source', 'apps/stdio-server/src/main.ts'];

/** A framework and two gateways to the stdio server, in a folder of their own that is deleted in the end. */
export interface Programs extends AsyncDisposable {
    startFramework(port: number): Promise<Running>;
    startSupergateway(port: number): Promise<Running>;
    startMcpProxy(port: number): Promise<Running>;
}

/**
 * Gets the programs from the registry.
 *
 * @throws {NoNetworkError} if it cannot be reached.
 */
export async function installPrograms(): Promise<Programs> {
    const folder = mkdtempSync(join(tmpdir(), 'programs-'));
    const remove = () => rmSync(folder, { recursive: true });
    try {
        const versions = { 'mcp-framework': MCP_FRAMEWORK, supergateway: SUPERGATEWAY, 'mcp-proxy': MCP_PROXY };
        const names = Object.entries({ ...versions, zod: ZOD }).map(([name, version]) => `${name}@${version}`);
        await install(names, folder);
    } catch (error) {
        remove();
        throw error;
    }
    // Its imports are those of the folder that it stands in.
    const framework = join(folder, 'mcp-framework');
    cpSync(fileURLToPath(new URL('./mcp-framework', import.meta.url)), framework, { recursive: true });
    const program = (path: string) => join(folder, 'node_modules', path);
    return {
        startFramework: port => start([join(framework, 'server.mjs')], port),
        startSupergateway: port => {
            const options = ['--outputTransport', 'sse', '--port', `${port}`, '--logLevel', 'none'];
            return start([program('supergateway/dist/index.js'), '--stdio', STDIO_SERVER.join(' '), ...options], port);
        },
        startMcpProxy: port => {
            const options = ['--server', 'sse', '--host', '127.0.0.1', '--port', `${port}`];
            return start([program('mcp-proxy/dist/bin/mcp-proxy.mjs'), ...options, '--', ...STDIO_SERVER], port);
        },
        [Symbol.asyncDispose]: async () => remove()
    };
}

/** Runs a script with node until it is disposed of. Its standard input stays open: a gateway ends with it. */
async function start(args: string[], port: number): Promise<Running> {
    const env = { ...process.env, PORT: `${port}` };
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = once(child, 'close');
    const end = new AbortController();
    void ended.then(([code]) => end.abort(new Error(`${args[0]} does not start: it ended with ${code}`)));
    await untilListening(port, end.signal);
    return {
        async [Symbol.asyncDispose]() {
            // A gateway ends its own process too, if the signal lets it.
            child.kill('SIGTERM');
            await ended;
        }
    };
}
