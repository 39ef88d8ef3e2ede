import { join } from 'node:path';
import { gradeServer, type LessonResult, type RunOptions, type ServerTarget } from '@calc/grader';
import type { Lesson } from '../../catalog/catalog.ts';
import { listening, startProcess } from '../../learner/start-process.ts';
import { findFreePort } from './free-port.ts';
import type { ServerHost } from './server-host.ts';

/** What the servers of lessons with a token accept. */
export const TOKEN = 'token-of-the-lesson';

/** Grades the code in a folder of a lesson in a process of its own, as the lesson command does for the learner. */
export async function gradeAlone(lesson: Lesson, folder: string, options: RunOptions): Promise<LessonResult> {
    const port = await findFreePort();
    await using server = startProcess(join(folder, lesson.main), [], { PORT: String(port), TOKEN });
    await listening(server, port);
    return await gradeServer(lesson.number, { ...targetOn(port), process: server }, options);
}

/**
 * Grades a server in a process that it shares with others, which is much faster.
 *
 * @throws HostFailure if only a process of its own can show what is wrong with it.
 */
export async function gradeHosted(
    host: ServerHost,
    lesson: Lesson,
    folder: string,
    options: RunOptions
): Promise<LessonResult> {
    using server = await host.start(join(folder, lesson.main));
    return await Promise.race([gradeServer(lesson.number, targetOn(server.port), options), server.failed]);
}

const targetOn = (port: number): ServerTarget => ({ url: `http://localhost:${port}/sse`, token: TOKEN });
