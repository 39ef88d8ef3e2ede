import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a script of scripts/ in a new repository with these files; returns the lines that it reports. */
export async function runCheck(script: string, files: Record<string, string>): Promise<string[]> {
    const path = fileURLToPath(new URL(`../../../../scripts/${script}.mjs`, import.meta.url));
    const cwd = await mkdtemp(join(tmpdir(), 'calc-check-'));
    try {
        await run('git', ['init', '--quiet'], { cwd });
        for (const [name, text] of Object.entries(files)) {
            await mkdir(join(cwd, dirname(name)), { recursive: true });
            await writeFile(join(cwd, name), text);
        }
        const failed = await run(process.execPath, [path], { cwd }).catch(error => error);
        return failed.stderr.split('\n').filter(Boolean);
    } finally {
        await rm(cwd, { recursive: true });
    }
}
