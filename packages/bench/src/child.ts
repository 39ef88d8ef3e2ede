import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BenchError, withDeadline } from './errors.ts';
import type { Answers, Message, PushRequest, Question } from './questions.ts';

/** `fixture` is `@calc/sse` alone, for what the whole app has no lever for. */
export type ServerName = 'lesson' | 'bare' | 'ours' | 'fixture';

/** A server in a process of its own, ended when its scope ends. */
export interface ServerProcess extends AsyncDisposable {
    name: ServerName;
    port: number;
    /** @throws {BenchError} `server-died` if the process ends before it has answered. */
    ask<Name extends keyof Answers>(name: Name, push?: PushRequest): Promise<Answers[Name]>;
}

const START_MS = 20_000;

/** Starts a server on a free port of 127.0.0.1, with `env` and nothing else of this process's environment but PATH. */
export async function startServer(name: ServerName, env: Record<string, string> = {}): Promise<ServerProcess> {
    const child = fork(fileURLToPath(new URL(`./servers/${name}.ts`, import.meta.url)), {
        // No export condition: what is measured is the built code that production runs.
        execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
        env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc']
    });
    const { ask, port } = converse(child, name);
    const stop = async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
    };
    try {
        const started = await withDeadline(port, START_MS, () => `the ${name} server does not listen yet`);
        return { name, port: started, ask, [Symbol.asyncDispose]: stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

function converse(child: ChildProcess, name: ServerName): { port: Promise<number>; ask: ServerProcess['ask'] } {
    const waiting = new Map<number, PromiseWithResolvers>();
    const listening = withResolvers();
    let asked = 0;

    child.on('message', (message: Message) => {
        if ('port' in message) return listening.resolve(message.port);
        const question = waiting.get(message.number);
        waiting.delete(message.number);
        if ('error' in message) question?.reject(new BenchError('server-died', `${name}: ${message.error}`));
        else question?.resolve(message.answer);
    });
    child.once('exit', (code, signal) => {
        const died = new BenchError(
            'server-died',
            `The ${name} server ended by itself (${signal ?? `exit code ${code}`})`
        );
        for (const question of [listening, ...waiting.values()]) question.reject(died);
    });

    const ask: ServerProcess['ask'] = (question, push) => {
        const answer = withResolvers();
        const number = asked++;
        waiting.set(number, answer);
        const message: Question = { number, name: question, ...(push && { push }) };
        child.send(message, error => error && answer.reject(error));
        return answer.promise as Promise<Answers[typeof question]>;
    };
    return { port: listening.promise as Promise<number>, ask };
}

interface PromiseWithResolvers {
    promise: Promise<unknown>;
    resolve(value: unknown): void;
    reject(error: Error): void;
}

function withResolvers(): PromiseWithResolvers {
    let resolve: (value: unknown) => void = () => {};
    let reject: (error: Error) => void = () => {};
    const promise = new Promise<unknown>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
    });
    // Nobody may be waiting for it when the process ends.
    promise.catch(() => {});
    return { promise, resolve, reject };
}
