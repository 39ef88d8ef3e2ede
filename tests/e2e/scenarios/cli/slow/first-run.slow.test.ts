import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const root = new URL('../../../../../', import.meta.url);

/** A project whose build writes a client that prints its arguments, or fails. */
async function createProject(build: string) {
    const folder = await mkdtemp(join(tmpdir(), 'first-run-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'scripts'));
    await mkdir(join(folder, 'apps/sdk-client/dist'), { recursive: true });
    await cp(new URL('scripts/client.mjs', root), join(folder, 'scripts/client.mjs'));
    await writeFile(join(folder, 'build.mjs'), build);
    const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
    const own = { client: scripts.client, 'build:quiet': 'node build.mjs' };
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', scripts: own }));
    return { client: (...args: string[]) => run('npm', ['run', '--silent', 'client', '--', ...args], { cwd: folder }) };
}

test('npm run client builds the client at its first run, and keeps standard output for the answer', async () => {
    const { client } = await createProject(`
        import { writeFileSync } from 'node:fs';
        console.log('building');
        writeFileSync('apps/sdk-client/dist/main.js', 'console.log(JSON.stringify(process.argv.slice(2)))');
    `);
    const first = await client('tools', '--json');
    expect([JSON.parse(first.stdout), first.stderr]).toEqual([
        ['tools', '--json'],
        'the client is built first, which takes a moment\n'
    ]);
    const second = await client('info');
    expect([JSON.parse(second.stdout), second.stderr]).toEqual([['info'], '']);
});

test('npm run client that cannot be built says so, with what the build printed', async () => {
    const { client } = await createProject(`console.log('what is wrong'); process.exit(2);`);
    await expect(client('tools')).rejects.toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/what is wrong\n(.*\n)*cannot build the client; npm ci installs what it needs\n$/)
    });
});
