import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BreakableClient, Caller } from './caller.ts';

const run = promisify(execFile);

const SCRIPT = fileURLToPath(new URL('client.py', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache', import.meta.url));
const VERSIONS = ['1.30.0', '2.3.0'];

/** The clients of Python's SDK, by name. */
export const pythonClients = VERSIONS.flatMap(version =>
    (['/sse', '/mcp'] as const).map((path): BreakableClient => {
        const name = path === '/sse' ? 'sse_client' : 'streamable_http_client';
        return { name: `Python SDK ${version}, \`${name}\``, path, open: url => openPython(version, url) };
    })
);

/** Installs the versions of Python's SDK, each into an environment of its own. Returns why that is not possible. */
export async function installPython(): Promise<string | undefined> {
    try {
        for (const version of VERSIONS) await makeEnvironment(version);
        return undefined;
    } catch (error) {
        return String(error).split('\n', 1)[0];
    }
}

async function makeEnvironment(version: string): Promise<void> {
    const folder = folderOf(version);
    // Marks an environment that is complete.
    const mark = join(folder, 'complete');
    if (existsSync(mark)) return;
    await rm(folder, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(pythonOf(version), ['-m', 'pip', 'install', '--quiet', `mcp==${version}`]);
    await writeFile(mark, '');
}

const folderOf = (version: string) => join(CACHE, `python-mcp-${version}`);
const pythonOf = (version: string) => join(folderOf(version), 'bin/python');

/** Starts a client as a process, which takes a call a line and prints an outcome a line. */
async function openPython(version: string, url: string): Promise<Caller> {
    const child = spawn(pythonOf(version), [SCRIPT, url], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => {});
    const waiting = new Map<number, PromiseWithResolvers>();
    const expectLine = (id: number) => {
        const { promise, ...settlers } = withResolvers();
        waiting.set(id, settlers);
        return promise;
    };
    let lastId = 0;
    const connected = expectLine(lastId);
    createInterface(child.stdout).on('line', line => {
        const { id, result, error } = JSON.parse(line);
        if (error === undefined) waiting.get(id)?.resolve(result);
        else waiting.get(id)?.reject(new Error(error));
        waiting.delete(id);
    });
    let hasEnded = false;
    child.on('close', () => {
        hasEnded = true;
        for (const { reject } of waiting.values()) reject(new Error('the client has ended'));
    });
    await connected;
    return {
        async call(name, args) {
            if (hasEnded) throw new Error('the client has ended');
            const id = ++lastId;
            const outcome = expectLine(id);
            child.stdin.write(`${JSON.stringify({ id, name, args })}\n`);
            return await outcome;
        },
        async [Symbol.asyncDispose]() {
            child.kill('SIGKILL');
        }
    };
}

interface PromiseWithResolvers {
    resolve(value: unknown): void;
    reject(error: Error): void;
}

function withResolvers(): PromiseWithResolvers & { promise: Promise<unknown> } {
    let resolve = (_value: unknown) => {};
    let reject = (_error: Error) => {};
    const promise = new Promise<unknown>((...settlers) => {
        [resolve, reject] = settlers;
    });
    return { promise, resolve, reject };
}
