#!/usr/bin/env node
// Fills the folder `production` with what the server needs at run time: the builds and the dependencies of its packages,
// without sources, tests and build tools. Node alone runs the result; docs/deploy.md and deploy/Dockerfile install it.
import { execSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const APP = '@calc/sse-server';
const TARGET = 'production';
const START = 'node apps/sse-server/dist/main.js';

const readJson = path => JSON.parse(readFileSync(path, 'utf8'));

/** The folders of a workspace and of all workspaces that it depends on. */
function foldersOf(name) {
    const parents = ['apps', 'packages'];
    const folders = parents.flatMap(parent => readdirSync(parent).map(folder => `${parent}/${folder}`));
    const byName = new Map(folders.map(folder => [readJson(`${folder}/package.json`).name, folder]));
    const needed = new Set([name]);
    // Iterating a Set also visits what is added on the way.
    for (const one of needed) {
        const { dependencies = {} } = readJson(`${byName.get(one)}/package.json`);
        for (const dependency of Object.keys(dependencies)) if (byName.has(dependency)) needed.add(dependency);
    }
    return [...needed].map(one => byName.get(one)).sort();
}

/** Lets every user read the folder: the server runs as a user of its own. */
function makeReadable(folder) {
    chmodSync(folder, 0o755);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) makeReadable(path);
        else if (entry.isFile()) chmodSync(path, 0o644);
    }
}

const folders = foldersOf(APP);
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET);
for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(file, join(TARGET, file));
for (const folder of folders) {
    cpSync(`${folder}/package.json`, join(TARGET, folder, 'package.json'));
    cpSync(`${folder}/dist`, join(TARGET, folder, 'dist'), { recursive: true });
}
// npm installs for the workspaces that it finds. No package of the server needs a script at installation.
execSync('npm ci --omit=dev --ignore-scripts --no-audit --no-fund', { cwd: TARGET, stdio: 'inherit' });

// npm ci requires the manifest of the lock file. From here on the folder has a manifest of its own.
for (const file of ['package-lock.json', '.npmrc']) rmSync(join(TARGET, file));
const { name, version, license, type, engines } = readJson('package.json');
const manifest = {
    name,
    version,
    private: true,
    license,
    type,
    engines,
    workspaces: folders,
    scripts: { start: START }
};
writeFileSync(join(TARGET, 'package.json'), `${JSON.stringify(manifest, null, 4)}\n`);
cpSync('LICENSE', join(TARGET, 'LICENSE'));
makeReadable(TARGET);
console.log(`${TARGET}: ready. Start it with: cd ${TARGET} && NODE_ENV=production ${START}`);
