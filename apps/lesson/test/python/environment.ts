import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const WINDOWS = process.platform === 'win32';
const PYTHON = WINDOWS ? 'python' : 'python3';
const OLDEST = [3, 11] as const;

/** Python, its environments or its registry cannot be had on this machine. */
export class PythonMissing extends Error {
    override name = 'PythonMissing';
}

/**
 * Makes a virtual environment with the packages of a requirements file, once for each content of that file.
 *
 * @returns the path of its Python.
 * @throws PythonMissing if this machine cannot make one.
 */
export async function makeEnvironment(requirements: string, cache: string): Promise<string> {
    const hash = createHash('sha256')
        .update(await readFile(requirements))
        .digest('hex')
        .slice(0, 12);
    const folder = join(cache, `python-${hash}`);
    const python = join(folder, WINDOWS ? 'Scripts/python.exe' : 'bin/python');
    // Marks an environment whose packages are all installed.
    const mark = join(folder, 'complete');
    if (existsSync(mark)) return python;

    await expectPython();
    await rm(folder, { recursive: true, force: true });
    await run(PYTHON, ['-m', 'venv', folder]);
    await expectRegistry(python);
    const install = ['install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', requirements];
    await run(python, ['-m', 'pip', ...install]);
    await writeFile(mark, '');
    return python;
}

async function expectPython(): Promise<void> {
    const program = 'import sys, venv, ensurepip; print(sys.version_info.major, sys.version_info.minor)';
    const { stdout } = await run(PYTHON, ['-c', program]).catch(() => {
        throw new PythonMissing(`${PYTHON} with venv is not installed`);
    });
    const [major = 0, minor = 0] = stdout.split(' ').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1]) return;
    throw new PythonMissing(`${PYTHON} is ${major}.${minor}; the packages require ${OLDEST.join('.')}`);
}

/** Asks pip, since it may be configured for another registry or for a proxy. */
async function expectRegistry(python: string): Promise<void> {
    const question = ['index', 'versions', 'mcp', '--retries', '0', '--timeout', '15'];
    await run(python, ['-m', 'pip', ...question]).catch(() => {
        throw new PythonMissing('the registry of pip cannot be reached');
    });
}
