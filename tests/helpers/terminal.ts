import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether there is `script` of util-linux here, which makes terminals; that of BSD and macOS takes other options. */
export const hasTerminals =
    process.platform === 'linux' &&
    (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, 'script')));

/** A process on a terminal of its own, ended when its scope ends. */
export interface TerminalProcess extends AsyncDisposable {
    /** Types on its keyboard: `\r` is Enter, `\x03` Ctrl-C. */
    type(keys: string): void;
    /** Waits until what the terminal got matches; rejects when the process ends without it. */
    shown(pattern: RegExp): Promise<void>;
    /** Settles with all that the terminal got, control sequences included, and the exit code. */
    ended: Promise<{ code: number | null; screen: string }>;
}

export interface TerminalOptions {
    /** Nothing else of the environment but PATH. */
    env?: Record<string, string>;
    /** Characters of a line. @default 80 */
    columns?: number;
    /** Added to the command line of the shell, such as `| cat`. */
    suffix?: string;
}

/** Runs a script with node on a terminal. */
export function runInTerminal(
    script: string,
    args: string[],
    { env = {}, columns = 80, suffix = '' }: TerminalOptions = {}
): TerminalProcess {
    const words = [process.execPath, script, ...args].map(word => `'${word.replaceAll("'", `'\\''`)}'`);
    // Without a pipe the shell is replaced by node, so that only node gets the signals of the terminal.
    const command = `stty rows 24 cols ${columns}; ${suffix ? '' : 'exec '}${words.join(' ')} ${suffix}`;
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
        env: { PATH: process.env.PATH ?? '', SHELL: '/bin/sh', TERM: 'xterm', ...env },
        stdio: 'pipe'
    });
    let screen = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', chunk => {
            screen += chunk;
        });
    }
    const ended = once(child, 'close').then(([code]) => ({ code, screen }));
    return {
        type: keys => child.stdin.write(keys),
        shown: pattern =>
            new Promise((resolve, reject) => {
                const check = () => {
                    if (!pattern.test(screen)) return;
                    child.stdout.off('data', check);
                    resolve();
                };
                child.stdout.on('data', check);
                void ended.then(() => reject(new Error(`ended without showing ${pattern}: ${JSON.stringify(screen)}`)));
                check();
            }),
        ended,
        async [Symbol.asyncDispose]() {
            child.kill('SIGKILL');
            await ended;
        }
    };
}
