import type { LessonResult } from '@calc/grader';
import type { Context } from '../context.ts';

/** Notes in the progress file how the learner's own code did. */
export function remember({ lesson, status, checks }: LessonResult, { progress }: Context): void {
    const at = new Date().toISOString();
    const failed = checks.find(check => check.status !== 'pass');
    progress.update(lesson, {
        lastCheck: { at, status, ...(failed && { check: failed.id }) },
        ...(status === 'pass' && { passedAt: progress.of(lesson).passedAt ?? at })
    });
}
