import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { gradeServer, type LessonResult, type RunOptions, Unreachable } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';
import { findFreePort } from '../learner/free-port.ts';
import { listening, startProcess } from '../learner/start-process.ts';
import { createSurroundings } from '../learner/surroundings.ts';

/** How long a check waits for one thing, in milliseconds. */
const LIMIT_MS = 5000;

export const optionsFor = (seed: number): RunOptions => ({ seed, limitMs: LIMIT_MS });

/** Starts the code in a folder for the time of its checks, with a port and a token of its own. */
export async function checkFolder(lesson: Lesson, folder: string, options: RunOptions): Promise<LessonResult> {
    const port = await findFreePort();
    const token = randomUUID();
    using surroundings = await createSurroundings(lesson);
    const env = { PORT: String(port), TOKEN: token, ...surroundings.env };
    await using process = startProcess(join(folder, lesson.main), [], env);
    try {
        await listening(process, port);
    } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        return { lesson: lesson.number, status: 'error', seed: options.seed, checks: [], unreachable: error.reason };
    }
    const target = { url: `http://localhost:${port}/sse`, token, process, ...surroundings.target };
    return await gradeServer(lesson.number, target, options);
}
