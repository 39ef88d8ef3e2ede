import { platform } from 'node:process';
import { Attempt } from './attempt.ts';
import type { Need } from './check.ts';
import { ClientAttempt, type ClientRuns } from './client/client-attempt.ts';
import { clientLessons, pageLessons, serverLessons } from './lessons/lessons.ts';
import { borrowBrowser } from './page/borrow-browser.ts';
import { PageAttempt } from './page/page-attempt.ts';
import type { Random } from './random.ts';
import { type LessonResult, type RunOptions, runChecks } from './run-checks.ts';
import type { ClientTarget, PageTarget, ServerTarget } from './target.ts';

/**
 * Grades a server by the checks of a lesson.
 *
 * @param lesson two digits, such as `02`.
 * @throws RangeError if no lesson with this number grades a server.
 */
export async function gradeServer(lesson: string, target: ServerTarget, options: RunOptions): Promise<LessonResult> {
    const checks = serverLessons[lesson];
    if (!checks) throw new RangeError(`Lesson ${lesson} grades no server`);
    const possible = checks.filter(({ needs }) => needs === undefined || has(target, needs));
    const createAttempt = (random: Random) => new Attempt(target, random, options.limitMs);
    const result = await runChecks(lesson, possible, createAttempt, options, target.process);
    const leftOut = checks.flatMap(({ title, needs }) =>
        needs && !has(target, needs) ? [{ title, lacks: needs }] : []
    );
    return leftOut.length > 0 ? { ...result, leftOut } : result;
}

function has(target: ServerTarget, need: Need): boolean {
    if (need === 'signal') return target.process !== undefined && platform !== 'win32';
    return target[need] !== undefined;
}

/**
 * Grades a command line client by the checks of a lesson.
 *
 * @throws RangeError if no lesson with this number grades a client.
 */
export async function gradeClient(lesson: string, target: ClientTarget, options: RunOptions): Promise<LessonResult> {
    const checks = clientLessons[lesson];
    if (!checks) throw new RangeError(`Lesson ${lesson} grades no client`);
    const runs: ClientRuns = new Map();
    return await runChecks(lesson, checks, random => new ClientAttempt(target, random, options.limitMs, runs), options);
}

/**
 * Grades a page by the checks of a lesson, in a browser that all gradings at that time share.
 *
 * @throws RangeError if no lesson with this number grades a page.
 */
export async function gradePage(lesson: string, target: PageTarget, options: RunOptions): Promise<LessonResult> {
    const checks = pageLessons[lesson];
    if (!checks) throw new RangeError(`Lesson ${lesson} grades no page`);
    const lease = borrowBrowser();
    try {
        return await runChecks(
            lesson,
            checks,
            random => new PageAttempt(target, lease.browser, random, options.limitMs),
            options
        );
    } finally {
        await lease.giveBack();
    }
}
