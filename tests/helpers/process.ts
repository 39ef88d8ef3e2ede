import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A node process of its own, ended when its scope ends. */
export interface RunningProcess extends AsyncDisposable {
    /** Waits until standard output matches; rejects when the process ends without it. */
    printed(pattern: RegExp): Promise<RegExpExecArray>;
    /** The same for standard error. */
    logged(pattern: RegExp): Promise<RegExpExecArray>;
    /** What it has written to standard error so far. */
    readonly log: string;
    kill(signal: NodeJS.Signals): void;
    /** Settles with what it printed and its exit code (null: ended by a signal) when it has ended. */
    ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

const appFile = (path: string) => fileURLToPath(new URL(`../../apps/${path}`, import.meta.url));

/** The servers and the client as they are built, to run with node. */
export const serverMain = appFile('sse-server/dist/main.js');
export const stdioMain = appFile('stdio-server/dist/main.js');
export const clientMain = appFile('sdk-client/dist/main.js');

/**
 * Runs a script with node: nothing of this process's environment but PATH, and `env`; on standard input there is `input`
 * and then its end; it runs in the folder `cwd`.
 */
export function runNode(
    script: string,
    args: string[] = [],
    env: Record<string, string> = {},
    input = '',
    cwd = process.cwd()
): RunningProcess {
    const child = spawn(process.execPath, [script, ...args], {
        env: { PATH: process.env.PATH ?? '', ...env },
        cwd,
        stdio: 'pipe'
    });
    // Most scripts end without having read it.
    child.stdin.on('error', () => {}).end(input);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
        stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', chunk => {
        stderr += chunk;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));

    const find = (pattern: RegExp, output: Readable, read: () => string) =>
        new Promise<RegExpExecArray>((resolve, reject) => {
            const check = () => {
                const match = pattern.exec(read());
                if (match) resolve(match);
            };
            output.on('data', check);
            void ended.then(() => {
                const how = `ended with ${child.signalCode ?? child.exitCode} without printing ${pattern}`;
                reject(new Error(`${how}: ${stdout}${stderr}`));
            });
            check();
        });

    return {
        printed: pattern => find(pattern, child.stdout, () => stdout),
        logged: pattern => find(pattern, child.stderr, () => stderr),
        get log() {
            return stderr;
        },
        kill: signal => child.kill(signal),
        ended,
        async [Symbol.asyncDispose]() {
            child.kill('SIGKILL');
            await ended;
        }
    };
}
