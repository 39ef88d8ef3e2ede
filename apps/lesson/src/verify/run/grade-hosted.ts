import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { gradeServer, type LessonResult, type RunOptions } from '@calc/grader';
import type { Lesson } from '../../catalog/catalog.ts';
import { createSurroundings } from '../../learner/surroundings.ts';
import type { ServerHost } from './server-host.ts';

/**
 * Grades a server in a process that it shares with others, which is much faster than a process of its own.
 *
 * @throws HostFailure if only a process of its own can show what is wrong with the server.
 */
export async function gradeHosted(
    host: ServerHost,
    lesson: Lesson,
    folder: string,
    options: RunOptions
): Promise<LessonResult> {
    const token = randomUUID();
    await using surroundings = await createSurroundings(lesson, folder);
    using server = await host.start(join(folder, lesson.main), { TOKEN: token, ...surroundings.env });
    const target = { url: `http://localhost:${server.port}/sse`, token, ...surroundings.target };
    return await Promise.race([gradeServer(lesson.number, target, options), server.failed]);
}
