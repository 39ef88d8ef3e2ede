import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import type { ClientAttempt } from '../client/client-attempt.ts';
import type { PageAttempt } from '../page/page-attempt.ts';
import type { Text } from '../text.ts';
import { stream } from './01-stream.ts';
import { protocol } from './02-protocol.ts';
import { sdk } from './03-sdk.ts';
import { secondClient } from './04-second-client.ts';
import { tools } from './05-tools.ts';
import { push } from './06-push.ts';
import { client } from './07-client.ts';
import { page } from './08-page.ts';
import { doors } from './09-doors.ts';
import { running } from './10-running.ts';
import { movingOn } from './11-moving-on.ts';
import { framework } from './12-framework.ts';

/** The checks of each lesson on a server, in teaching order, by the number of the lesson. */
export const serverLessons: Record<string, readonly Check<Attempt>[]> = {
    '01': stream,
    '02': protocol,
    '03': sdk,
    '04': secondClient,
    '05': tools,
    '06': push,
    '09': doors,
    '10': running,
    '11': movingOn,
    '12': framework
};

/** The same for lessons on a command line client. */
export const clientLessons: Record<string, readonly Check<ClientAttempt>[]> = {
    '07': client
};

/** The same for lessons on a page. */
export const pageLessons: Record<string, readonly Check<PageAttempt>[]> = {
    '08': page
};

type Described = Pick<Check<never>, 'id' | 'title'>;

const lessons: Record<string, readonly Described[]> = { ...serverLessons, ...clientLessons, ...pageLessons };

/** The ids of the checks of a lesson, in teaching order. */
export const idsOf = (lesson: string): string[] => (lessons[lesson] ?? []).map(({ id }) => id);

/** The title of a check of any lesson, by the id of the check. */
export function titleOf(check: string): Text | undefined {
    return Object.values(lessons)
        .flat()
        .find(({ id }) => id === check)?.title;
}
