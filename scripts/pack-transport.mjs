#!/usr/bin/env node
// Packs @calc/transport as it would be published, and prints the path of the tarball.
// The manifest of the workspace is private and leads development to the sources. The packed one has neither of these.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const SOURCE = 'packages/transport';
const TARGET = `${SOURCE}/package`;
// On Windows npm and npx are scripts, which only a shell can start.
const shell = process.platform === 'win32';

/** The `exports` of a manifest without the condition that leads to the sources. */
function withoutSources(exports) {
    const entries = Object.entries(exports).map(([path, { '@calc/source': _, ...conditions }]) => [path, conditions]);
    return Object.fromEntries(entries);
}

const {
    private: _,
    scripts,
    devDependencies,
    exports,
    ...manifest
} = JSON.parse(readFileSync(`${SOURCE}/package.json`, 'utf8'));
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET);
for (const file of [`${SOURCE}/README.md`, `${SOURCE}/CHANGELOG.md`, 'LICENSE'])
    cpSync(file, join(TARGET, basename(file)));
// Not a copy of dist, which may still have the output of sources that are gone.
const project = ['-p', `${SOURCE}/tsconfig.build.json`, '--incremental', 'false', '--outDir', `${TARGET}/dist`];
execFileSync('npx', ['--no-install', 'tsc', ...project], { stdio: 'inherit', shell });
writeFileSync(
    `${TARGET}/package.json`,
    `${JSON.stringify({ ...manifest, exports: withoutSources(exports) }, null, 4)}\n`
);
const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', TARGET, `./${TARGET}`], {
    encoding: 'utf8',
    shell
});
const [{ filename }] = JSON.parse(packed);
console.log(resolve(TARGET, filename));
