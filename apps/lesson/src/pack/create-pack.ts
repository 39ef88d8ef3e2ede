import { execFileSync } from 'node:child_process';
import {
    appendFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { addAddresses, type LockFile, listArchives } from './lock-file.ts';
import { createNpm } from './npm.ts';

/** The folder in the archive. */
const NAME = 'mcp-calculator';

const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';

/** Settings with which each command of README works without a network. */
const SETTINGS = `
# This copy brings all packages with it: npm needs no network.
cache=.npm-cache
offline=true
audit=false
fund=false
update-notifier=false
`;

export interface PackOptions {
    /** The folder of the repository. */
    root: string;
    /** The archive to write, ending in .tgz. */
    file: string;
    /** The program of npm. */
    npmPath: string;
    signal: AbortSignal;
    onProgress(done: number, all: number): void;
}

/** Writes one archive with all tracked files and all packages. Needs the network, git and npm. */
export async function createPack({ root, file, npmPath, signal, onProgress }: PackOptions): Promise<void> {
    const scratch = mkdtempSync(join(tmpdir(), 'lesson-pack-'));
    try {
        const folder = join(scratch, NAME);
        copyTracked(root, folder);
        const lock = addAddresses(readLock(root));
        writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(lock, undefined, 4)}\n`);
        appendFileSync(join(folder, '.npmrc'), SETTINGS);

        const npm = createNpm(npmPath, join(folder, '.npm-cache'), signal);
        const archives = new Set([...listArchives(lock), ...(await resolveInspector(npm, scratch))]);
        await npm.download([...archives], done => onProgress(done, archives.size));
        // What npx has installed is for this platform only.
        for (const part of ['_logs', '_npx'])
            rmSync(join(folder, '.npm-cache', part), { recursive: true, force: true });

        await create({ file, cwd: scratch, gzip: { level: 1 }, portable: true }, [NAME]);
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
}

function readLock(folder: string): LockFile {
    return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
}

function copyTracked(root: string, folder: string): void {
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
    for (const path of listed.split('\0').filter(each => each && existsSync(join(root, each)))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        cpSync(join(root, path), join(folder, path));
    }
}

/** Asks the registry what MCP Inspector depends on, which `npx` asks again, of the cache. */
async function resolveInspector({ run }: ReturnType<typeof createNpm>, scratch: string): Promise<string[]> {
    const folder = join(scratch, 'inspector');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{}');
    await run(['install', '--package-lock-only', INSPECTOR], folder);
    // npx asks for other documents than `install`, so that only a run of it caches them all.
    await run(['exec', '--yes', `--package=${INSPECTOR}`, '--', 'node', '--version'], folder);
    return listArchives(addAddresses(readLock(folder)));
}
