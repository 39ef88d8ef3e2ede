import type { LessonResult, Words } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';

/** Everything that the screen shows of the lesson in hand. */
export interface View {
    readonly lesson: Lesson;
    /** The last check that came to an end. */
    result?: LessonResult;
    isChecking: boolean;
    /** Where the learner's own server listens. */
    serverUrl?: string;
    /** The port that it has because another program has the one that the READMEs name. */
    otherPort?: number;
    /** Why that server does not run. */
    serverProblem?: Words | undefined;
    /** Where the page on the learner's server is served, or why it is not. */
    page?: string | 'building' | 'missing';
    /** Whether the learner has asked for a hint while a check runs. */
    hintIsDue?: boolean;
    /** The token of the learner's own server, in a lesson that has one. */
    token?: string;
    /** Shown below the result until the next check. */
    detail?: string | undefined;
    /** Shown above the keys until the next key. */
    note?: string | undefined;
    /** Whether the system has failed to report a save. */
    savesAreMissed: boolean;
}
