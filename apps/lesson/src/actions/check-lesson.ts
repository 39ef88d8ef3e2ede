import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { gradeClient, gradePage, gradeServer, type LessonResult, type RunOptions, Unreachable } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';
import { findFreePort } from '../learner/free-port.ts';
import { listening, type StartedProcess, startProcess } from '../learner/start-process.ts';
import { createSurroundings } from '../learner/surroundings.ts';

/** How long a check waits for one thing, in milliseconds. */
const LIMIT_MS = 5000;

export const optionsFor = (seed: number): RunOptions => ({ seed, limitMs: LIMIT_MS });

export interface CheckOptions extends RunOptions {
    /** How long a server may take until it listens, in milliseconds. */
    startLimitMs?: number;
}

/**
 * Runs the code in a folder for the time of its checks.
 *
 * @param signal ends the processes when it aborts; the result then says nothing.
 */
export async function checkFolder(
    lesson: Lesson,
    folder: string,
    options: CheckOptions,
    signal?: AbortSignal
): Promise<LessonResult> {
    const started: StartedProcess[] = [];
    const start = (args: readonly string[], env: Record<string, string> = {}) => {
        const process = startProcess(join(folder, lesson.main), [...args], env);
        started.push(process);
        if (signal?.aborted) void process.stop();
        return process;
    };
    const stop = () => Promise.all(started.map(process => process.stop()));
    signal?.addEventListener('abort', stop);
    try {
        if (lesson.kind === 'page') return await gradePage(lesson.number, { folder }, options);
        if (lesson.kind === 'client') return await gradeClient(lesson.number, { start }, options);
        return await checkServer(lesson, folder, start, options);
    } finally {
        signal?.removeEventListener('abort', stop);
        await stop();
    }
}

/** Starts the server with a port and a token of its own. */
async function checkServer(
    lesson: Lesson,
    folder: string,
    start: (args: readonly string[], env: Record<string, string>) => StartedProcess,
    options: CheckOptions
): Promise<LessonResult> {
    const port = await findFreePort();
    const token = randomUUID();
    await using surroundings = await createSurroundings(lesson, folder);
    const process = start([], { PORT: String(port), TOKEN: token, ...surroundings.env });
    try {
        await listening(process, port, options.startLimitMs);
    } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        return { lesson: lesson.number, status: 'error', seed: options.seed, checks: [], unreachable: error.reason };
    }
    const target = { url: `http://localhost:${port}/sse`, token, process, ...surroundings.target };
    return await gradeServer(lesson.number, target, options);
}
