import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode, serverMain } from '@calc/test-helpers';
import { expect } from 'vitest';

/** The addresses of all scripts that the server has loaded when it listens, from the record of V8, and its log. */
export async function listScripts(env: Record<string, string>): Promise<{ scripts: string[]; stderr: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'scripts-'));
    try {
        await using server = runNode(serverMain, [], { PORT: '0', NODE_V8_COVERAGE: folder, ...env });
        await server.printed(/^Token /m);
        server.kill('SIGTERM');
        const { code, stderr } = await server.ended;
        expect(code).toBe(0);
        const records = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')));
        const scripts = records.flatMap(text => JSON.parse(text).result.map(({ url }: { url: string }) => url));
        return { scripts, stderr };
    } finally {
        await rm(folder, { recursive: true });
    }
}

/** Whether a script serves Redis only. */
export const isForRedis = (url: string) =>
    /node_modules\/(?:@redis|redis|rate-limit-redis)\/|\/dist\/(?:redis|shared|broker)\//.test(url);
