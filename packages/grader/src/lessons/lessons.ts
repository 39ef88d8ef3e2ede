import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { stream } from './01-stream.ts';
import { protocol } from './02-protocol.ts';
import { sdk } from './03-sdk.ts';
import { tools } from './05-tools.ts';

/** The checks of each lesson on a server, in teaching order, by the number of the lesson. */
export const serverLessons: Record<string, readonly Check<Attempt>[]> = {
    '01': stream,
    '02': protocol,
    '03': sdk,
    '05': tools
};
