import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HostReply, HostRequest } from './host.ts';
import { Slots } from './slots.ts';

/** The server cannot be judged in a process that it shares: it did not listen, it failed, or the process ended. */
export class HostFailure extends Error {
    override name = 'HostFailure';
}

/** A server in the host. */
export interface HostedServer extends Disposable {
    port: number;
    /** Rejects with a HostFailure if the server fails, or if the host ends. Never fulfils. */
    failed: Promise<never>;
}

/** Longest time without any answer of the host until it counts as blocked, in milliseconds. */
const MAX_SILENCE_MS = 60_000;

interface Running {
    started(port: number): void;
    fail(reason: HostFailure): void;
}

/** Runs many servers in one child process. If a server ends that process or blocks it, a new one starts. */
export class ServerHost implements Disposable {
    readonly #running = new Map<string, Running>();
    // The server that begins to listen is the one that starts.
    readonly #starting = new Slots(1);
    #child: ChildProcess | undefined;

    /**
     * Starts the server in a file that this host has not started before, on a free port. The server reads the
     * environment while it is imported.
     *
     * @throws HostFailure if it does not listen.
     */
    start(file: string, env: Record<string, string>): Promise<HostedServer> {
        return this.#starting.run(() => this.#startNow(file, { ...env, PORT: '0' }));
    }

    [Symbol.dispose](): void {
        this.#child?.kill('SIGKILL');
    }

    async #startNow(file: string, env: Record<string, string>): Promise<HostedServer> {
        const child = this.#child ?? this.#fork();
        let fail: Running['fail'] = () => {};
        const failed = new Promise<never>((_, reject) => {
            fail = reject;
        });
        // The one that waits for `failed` may come later, or not at all.
        failed.catch(() => {});
        const started = new Promise<number>(resolve => this.#running.set(file, { started: resolve, fail }));
        this.#send(child, { start: file, env });
        const timer = setTimeout(() => child.kill('SIGKILL'), MAX_SILENCE_MS);
        try {
            const port = await Promise.race([started, failed]);
            return { port, failed, [Symbol.dispose]: () => this.#stop(child, file) };
        } finally {
            clearTimeout(timer);
        }
    }

    #fork(): ChildProcess {
        const execArgv = ['--import', import.meta.resolve('tsx'), '--conditions=@calc/source'];
        const stdio: ['ignore', 'ignore', 'ignore', 'ipc'] = ['ignore', 'ignore', 'ignore', 'ipc'];
        const child = fork(fileURLToPath(new URL('host.ts', import.meta.url)), { execArgv, stdio });
        const running = this.#running;
        child.on('message', (reply: HostReply) => {
            const server = running.get(reply.file);
            if ('port' in reply) server?.started(reply.port);
            else server?.fail(new HostFailure(reply.failed));
        });
        child.on('exit', () => {
            if (this.#child === child) this.#child = undefined;
            for (const server of running.values()) server.fail(new HostFailure('the process ended'));
            running.clear();
        });
        this.#child = child;
        return child;
    }

    #stop(child: ChildProcess, file: string): void {
        this.#running.delete(file);
        this.#send(child, { stop: file });
    }

    #send(child: ChildProcess, request: HostRequest): void {
        if (child.connected) child.send(request);
    }
}
