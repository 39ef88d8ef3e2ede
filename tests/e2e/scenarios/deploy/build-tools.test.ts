import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from '@calc/test-helpers';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('../../../../scripts/build.mjs', import.meta.url));

/** Runs the script in a folder where npm has installed no build tools. */
async function build(...args: string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-calculator-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'main.js'), '');
    const process = runNode(script, args, {}, '', folder);
    return process.ended;
}

test('a build without build tools fails, and says how to install them', async () => {
    for (const args of [[], ['--unless=missing.js']]) {
        const { code, stdout, stderr } = await build(...args);
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toMatch(/^The build tools are not installed\. Run: npm ci --include=dev\n/);
    }
});

test('a command that needs a build accepts an earlier one where there are no build tools', async () => {
    expect(await build('--unless=main.js')).toEqual({ code: 0, stdout: '', stderr: '' });
});
