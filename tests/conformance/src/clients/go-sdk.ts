import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Answer, toSum } from './attempt.ts';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('go-sdk/', import.meta.url));
/** Where Go is installed by its own archive, which need not be in the PATH. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin'];
const go = FOLDERS.map(folder => join(folder, 'go')).find(path => existsSync(path));
const TIMEOUT_MS = 300_000;

/** Whether Go is installed, which builds the clients of the Go SDK. */
export const hasGo = go !== undefined;

/** A client of the official Go SDK; `modules` names the file that has its version. */
export async function goSdk(modules: string, kind: 'sse' | 'http', url: string): Promise<Answer> {
    if (go === undefined) throw new Error('Go is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'go-sdk-'));
    try {
        const client = join(folder, 'client');
        await run(go, ['build', `-modfile=${modules}`, '-o', client, '.'], { cwd: SOURCE, timeout: TIMEOUT_MS });
        const { stdout } = await run(client, [kind, url], { timeout: TIMEOUT_MS });
        const { tools, result, version } = JSON.parse(stdout);
        return { tools, sum: toSum(result), version };
    } finally {
        await rm(folder, { recursive: true });
    }
}
