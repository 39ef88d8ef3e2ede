import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** How a server is started. */
export interface ServerCommand {
    /** Arguments of node. */
    args: readonly string[];
    env: Record<string, string>;
}

/** One server, which can be killed and started again. */
export interface ServerProcess extends AsyncDisposable {
    /** Its number among the servers. */
    readonly index: number;
    /** Where it listens; undefined while it does not run. */
    readonly port: number | undefined;
    start(): Promise<void>;
    /** Sends a signal, and does not wait. */
    signal(name: NodeJS.Signals): void;
    /** Settles when it has ended. */
    ended(): Promise<void>;
    /** Called with each line that it prints. */
    onLine(listener: (line: string) => void): void;
}

const STARTED = /https?:\/\/(?:127\.0\.0\.1|localhost):(\d+)/;
const START_LIMIT_MS = 60_000;

/** @param logFile gets what the server writes to its standard error. */
export function createServerProcess(index: number, { args, env }: ServerCommand, logFile: string): ServerProcess {
    const log = createWriteStream(logFile, { flags: 'a' });
    let child: ChildProcess | undefined;
    let over: Promise<unknown> = Promise.resolve();
    let port: number | undefined;
    const listeners = new Set<(line: string) => void>();
    // It must not outlive this process, however that ends.
    const end = () => void child?.kill('SIGKILL');
    process.once('exit', end);

    async function start() {
        const running = spawn(process.execPath, args, {
            env: { PATH: process.env.PATH ?? '', ...env },
            stdio: ['ignore', 'pipe', 'pipe']
        });
        child = running;
        running.stderr.pipe(log, { end: false });
        over = once(running, 'close').then(() => {
            if (child === running) [child, port] = [undefined, undefined];
        });
        let rest = '';
        port = await new Promise<number>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`server ${index} did not start`)), START_LIMIT_MS);
            running.stdout.setEncoding('utf8').on('data', (chunk: string) => {
                const lines = `${rest}${chunk}`.split('\n');
                rest = lines.pop() ?? '';
                for (const line of lines) {
                    const [, found] = STARTED.exec(line) ?? [];
                    if (found) resolve(Number(found));
                    for (const listener of listeners) listener(line);
                }
            });
            running.once('exit', () => reject(new Error(`server ${index} ended; see ${logFile}`)));
            running.once('exit', () => clearTimeout(timer));
            setImmediate(() => timer.unref());
        });
    }

    return {
        index,
        get port() {
            return port;
        },
        start,
        signal: name => void child?.kill(name),
        ended: async () => void (await over),
        onLine: listener => void listeners.add(listener),
        async [Symbol.asyncDispose]() {
            process.off('exit', end);
            end();
            await over;
            log.end();
        }
    };
}
