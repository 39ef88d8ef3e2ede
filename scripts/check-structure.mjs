// Checks where files are and what they import, type imports included: packages know no app, imports point down the
// lists below, and files and folders stay small. Biome's noImportCycles reports cycles between files.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

const MAX_FILES = 14;
const MAX_LINES = 250;

/** The packages of this repository that the sources of a folder may import. Tests and the bench may import all. */
const PACKAGES = {
    'packages/tools/src': [],
    'packages/transport/src': [],
    'packages/grader/src': [],
    'apps/lesson/src': ['@calc/grader'],
    'apps/sse-server/src': ['@calc/tools', '@calc/transport'],
    'apps/stdio-server/src': ['@calc/tools', '@calc/transport'],
    'apps/sdk-client/src': ['@calc/transport'],
    'apps/browser-demo/src': []
};

/** The entries of a folder from top to bottom. An entry imports only entries of the lines below its own. */
const LAYERS = {
    'packages/transport/src': ['shared', 'client redis server', 'broker', 'clock.ts concurrency-limit.ts message'],
    'packages/transport/src/client': [
        'index.ts',
        'sse-transport.ts streamable-transport.ts',
        'streamable',
        'session',
        'http',
        'timing.ts transport-error.ts',
        'session-id.ts connection-state.ts'
    ],
    'apps/sse-server/src': [
        'main.ts index.ts',
        'serve.ts workers',
        'start.ts',
        'app.ts',
        'faults peers redis',
        'http',
        'operations',
        'access mcp',
        'config'
    ],
    'apps/stdio-server/src': [
        'main.ts',
        'config.ts server.ts stdio-transport.ts',
        'in-flight.ts read-message.ts resource-not-found.ts',
        'read-lines.ts'
    ],
    'packages/tools/src': [
        'index.ts register',
        'environment.ts methods',
        'prompts.ts resources',
        'tools',
        'server-info.ts settings.ts tool.ts',
        'words.ts'
    ],
    'packages/transport/src/server': [
        'index.ts',
        'create-sessions.ts',
        'http',
        'session',
        'options.ts',
        'delivery',
        'safe-observer.ts system-clock.ts',
        'after-input.ts observer.ts',
        'wire',
        'limits.ts types.ts'
    ],
    'apps/sdk-client/src': [
        'main.ts index.ts',
        'cli.ts',
        'shell',
        'program.ts',
        'commands',
        'arguments',
        'connection',
        'config',
        'output',
        'errors version.ts'
    ],
    'apps/lesson/src': [
        'main.ts',
        'cli.ts',
        'program.ts',
        'commands',
        'doctor pack screen tutor verify',
        'actions page',
        'board',
        'context.ts',
        'learner',
        'catalog',
        'texts'
    ],
    'apps/browser-demo/src': ['main.tsx', 'view', 'state', 'faults forms tour', 'wire own-server', 'mcp', 'i18n style']
};

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' });
const files = listed.split('\n').filter(path => existsSync(path));
const sources = files.filter(path => /\.(?:tsx?|mjs)$/.test(path));
const problems = [];

const sizes = new Map();
for (const path of files) sizes.set(dirname(path), (sizes.get(dirname(path)) ?? 0) + 1);
sizes.delete('.');
for (const [folder, size] of sizes) {
    checkSize(folder, size, MAX_FILES, 'files');
}

for (const path of sources) {
    const text = readFileSync(path, 'utf8');
    checkSize(path, text.split('\n').length - 1, MAX_LINES, 'lines');
    for (const [, specifier] of text.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)) checkImport(path, specifier);
}

function checkSize(path, size, max, unit) {
    if (size > max) problems.push(`${path} has ${size} ${unit}; split it, ${max} is the most`);
}

function checkImport(path, specifier) {
    const [root] = Object.entries(PACKAGES).find(([folder]) => path.startsWith(`${folder}/`)) ?? [];
    if (root === undefined) return;
    const report = reason => problems.push(`${path} imports ${specifier}; ${reason}`);
    if (specifier.startsWith('@calc/')) {
        const name = specifier.split('/', 2).join('/');
        if (!PACKAGES[root].includes(name)) report(`PACKAGES does not allow ${name} in ${root}`);
    }
    if (!specifier.startsWith('.')) return;
    const target = join(dirname(path), specifier);
    if (!target.startsWith(`${root}/`) && !target.endsWith('/package.json')) report(`it is outside of ${root}`);
    for (const [folder, layers] of Object.entries(LAYERS)) checkLayer(folder, layers, path, target, report);
}

function checkLayer(folder, layers, path, target, report) {
    const [from, to] = [path, target].map(
        file => file.startsWith(`${folder}/`) && file.slice(folder.length + 1).split('/', 1)[0]
    );
    if (!from || !to || from === to) return;
    const [above, below] = [from, to].map(entry => layers.findIndex(line => line.split(' ').includes(entry)));
    if (above === -1 || below === -1) report(`LAYERS of ${folder} has to list ${from} and ${to}`);
    else if (above >= below) report(`LAYERS of ${folder} allows no import of ${to} by ${from}`);
}

if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
}
