#!/usr/bin/env node
// Says what package-lock.json would not give another machine. `npm install` leaves out, without a word, optional
// packages of other platforms that its registry happens to lack; `npm ci` then fails there. Also holds every
// workspace to exact versions.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const problems = [];

/** Whether `name`, required from the package at `path`, is found by node's way up the folders. */
function isHeld(path, name) {
    if (packages[`${path}${path && '/'}node_modules/${name}`]) return true;
    if (path === '') return false;
    return isHeld(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)), name);
}

for (const [path, entry] of Object.entries(packages)) {
    if (entry.link) continue;
    const own = !path.includes('node_modules/');
    const needed = { ...entry.dependencies, ...entry.optionalDependencies, ...(own && entry.devDependencies) };
    for (const [name, range] of Object.entries(needed)) {
        const user = path || '(root)';
        if (!isHeld(path, name)) problems.push(`${user} needs ${name}@${range}, which the lock file does not hold`);
        if (own && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
            problems.push(`${user} asks for ${name}@${range}; pin one version`);
    }
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length ? 1 : 0;
