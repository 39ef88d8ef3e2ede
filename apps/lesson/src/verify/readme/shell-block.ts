import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A block of commands in a terminal of its own. A stream may keep it running until it is stopped. */
export class ShellBlock {
    /** What it has printed so far, on both streams. */
    output = '';
    /** Settles with its exit code when it ends. */
    readonly ended: Promise<number | null>;
    readonly commands: string;
    readonly #stop: () => void;

    /** Begins to run commands with bash in a folder, which may have a `.curlrc`. */
    constructor(commands: string, folder: string, onOutput: () => void) {
        this.commands = commands;
        // A group of its own, so that a whole pipe can be stopped.
        const shell = spawn('bash', ['-c', commands], {
            cwd: folder,
            env: { ...process.env, CURL_HOME: folder },
            stdio: ['ignore', 'pipe', 'pipe'],
            detached: true
        });
        for (const stream of [shell.stdout, shell.stderr]) {
            stream.setEncoding('utf8').on('data', (chunk: string) => {
                this.output += chunk;
                onOutput();
            });
        }
        this.ended = once(shell, 'close').then(([code]: (number | null)[]) => {
            onOutput();
            return code ?? null;
        });
        this.#stop = () => {
            try {
                process.kill(-Number(shell.pid), 'SIGKILL');
            } catch {
                // All of the pipe has ended.
            }
        };
    }

    async stop(): Promise<void> {
        this.#stop();
        await this.ended;
    }
}
