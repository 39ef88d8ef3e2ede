#!/usr/bin/env node
// Builds all packages with turbo; the arguments are turbo's. `--unless=FILE` is for a command that needs a build rather
// than a new one: without turbo, FILE from an earlier build is enough.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const UNLESS = '--unless=';
const BUILD_TOOLS_MISSING = `The build tools are not installed. Run: npm ci --include=dev
npm leaves them out with --omit=dev, and where NODE_ENV is production. docs/deploy.md says how to run the server without them.`;

const fallback = process.argv.find(word => word.startsWith(UNLESS))?.slice(UNLESS.length);
const turboArguments = process.argv.slice(2).filter(word => !word.startsWith(UNLESS));

if (existsSync('node_modules/turbo/package.json')) {
    const turbo = ['node_modules/turbo/bin/turbo', 'run', 'build', ...turboArguments];
    const { status } = spawnSync(process.execPath, turbo, { stdio: 'inherit' });
    process.exitCode = status ?? 1;
} else if (!fallback || !existsSync(fallback)) {
    console.error(BUILD_TOOLS_MISSING);
    process.exitCode = 1;
}
