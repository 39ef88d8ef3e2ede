import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError, withDeadline } from './errors.ts';
import type { Answers, Message, PushRequest, Question } from './questions.ts';

/** `fixture` is `@calc/transport` alone, for what the whole app has no lever for. */
export type ServerName = 'tutorial' | 'bare' | 'ours' | 'fixture' | 'sdk-http';

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
    const log = createLogFile();
    const child = fork(fileURLToPath(new URL(`./servers/${name}.ts`, import.meta.url)), {
        // No export condition: what is measured is the built code that production runs.
        execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
        env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
        stdio: ['ignore', 'ignore', log.fd, 'ipc']
    });
    const { ask, port } = converse(child, name, log);
    const stop = async () => {
        if (child.exitCode === null && child.signalCode === null) {
            const exited = once(child, 'exit');
            child.kill('SIGKILL');
            await exited;
        }
        log.close();
    };
    try {
        const started = await withDeadline(port, START_MS, () => `the ${name} server does not listen yet`);
        return { name, port: started, ask, [Symbol.asyncDispose]: stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

interface LogFile {
    fd: number;
    /** The last lines in it. */
    tail(): string;
    close(): void;
}

/** A real file, as a server has it where it is deployed: to write a log is part of what is measured. */
function createLogFile(): LogFile {
    const directory = mkdtempSync(join(tmpdir(), 'bench-'));
    const path = join(directory, 'stderr.log');
    const fd = openSync(path, 'a');
    return {
        fd,
        tail: () => readFileSync(path, 'utf8').trimEnd().split('\n').slice(-10).join('\n'),
        close() {
            closeSync(fd);
            rmSync(directory, { recursive: true });
        }
    };
}

function converse(
    child: ChildProcess,
    name: ServerName,
    log: LogFile
): { port: Promise<number>; ask: ServerProcess['ask'] } {
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
            `The ${name} server ended by itself (${signal ?? `exit code ${code}`}):\n${log.tail()}`
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
    // It may reject unawaited when the process ends.
    promise.catch(() => {});
    return { promise, resolve, reject };
}
