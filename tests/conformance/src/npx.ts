import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** The process ends with it when the registry cannot be reached, so that a script can tell it from a failure. */
export const EXIT_NO_NETWORK = 3;

/** The package registry cannot be reached. */
export class NoNetworkError extends Error {
    override name = 'NoNetworkError';
}

export interface Finished {
    code: number | null;
    stdout: string;
    stderr: string;
}

const TIMEOUT_MS = 300_000;

/**
 * Runs a command of packages that come from the registry, for 5 minutes at most. It is the caller's part to judge how
 * it ended.
 *
 * @throws {NoNetworkError} if npm cannot reach the registry.
 */
export async function npx(packages: string[], command: string[]): Promise<Finished> {
    return await runNpm('npx', ['-y', ...packages.flatMap(name => ['-p', name]), ...command]);
}

/**
 * Installs packages into a folder, without what they would run there.
 *
 * @throws {NoNetworkError} if npm cannot reach the registry.
 */
export async function install(packages: string[], folder: string): Promise<void> {
    // npm hands the folder of its own run on to those that it starts, so that this one has to be named.
    const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
    const { code, stderr } = await runNpm('npm', ['install', ...options, ...packages]);
    if (code !== 0) throw new Error(`npm does not install ${packages.join(' and ')}: ${stderr}`);
}

async function runNpm(program: 'npm' | 'npx', args: string[]): Promise<Finished> {
    const child = spawn(program, args, {
        // `npm run --silent` would have npm keep its errors to itself.
        env: { ...process.env, npm_config_loglevel: 'error' },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: TIMEOUT_MS
    });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const reason = parseNetworkError(stderr);
    if (reason) throw new NoNetworkError(`No network: npm cannot reach its registry (${reason})`);
    return { code, stdout, stderr };
}

const NETWORK_ERRORS = [
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'ETIMEDOUT'
];

/** What npm says where it did not come as far as the registry, or `undefined`. */
export function parseNetworkError(stderr: string): string | undefined {
    const [, code = ''] = /^npm error code (\w+)$/m.exec(stderr) ?? [];
    return NETWORK_ERRORS.find(known => known === code);
}
