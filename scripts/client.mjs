// Runs the command line client, and builds it first where that has not been done yet. Standard output is the client's.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = new URL('../apps/sdk-client/dist/main.js', import.meta.url);

if (!existsSync(main)) {
    process.stderr.write('the client is built first, which takes a moment\n');
    const build = ['run', '--silent', 'build:quiet', '--', '--filter=@calc/sdk-client'];
    const options = { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' };
    const { status, stdout, error } = spawnSync('npm', build, options);
    if (status !== 0) {
        process.stderr.write(stdout ?? '');
        process.stderr.write(
            `cannot build the client${error ? `: ${error.message}` : ''}; npm ci installs what it needs\n`
        );
        process.exit(1);
    }
}
await import(main);
