import { describeFailure, type LessonResult } from '@calc/grader';
import type { Context } from '../context.ts';

/** Notes in the progress file how the learner's own code did. */
export function remember(result: LessonResult, { progress }: Context): void {
    const { lesson, status, checks } = result;
    const at = new Date().toISOString();
    const failed = checks.find(check => check.status !== 'pass');
    const report = { en: describeFailure(result, 'en'), fr: describeFailure(result, 'fr') };
    progress.update(lesson, {
        lastCheck: { at, status, ...(failed && { failure: { check: failed.id, title: failed.title, report } }) },
        ...(status === 'pass' && { passedAt: progress.of(lesson).passedAt ?? at })
    });
}
