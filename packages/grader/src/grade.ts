import { Attempt } from './attempt.ts';
import { serverLessons } from './lessons/lessons.ts';
import { type LessonResult, type RunOptions, runChecks } from './run-checks.ts';
import type { ServerTarget } from './target.ts';

/**
 * Grades a server by the checks of a lesson.
 *
 * @param lesson two digits, such as `02`.
 * @throws RangeError if no lesson with this number grades a server.
 */
export async function gradeServer(lesson: string, target: ServerTarget, options: RunOptions): Promise<LessonResult> {
    const checks = serverLessons[lesson];
    if (!checks) throw new RangeError(`Lesson ${lesson} grades no server`);
    return await runChecks(
        lesson,
        checks,
        random => new Attempt(target, random, options.limitMs),
        options,
        target.process
    );
}
