import type { Check } from '../check.ts';
import type { PageAttempt } from '../page/page-attempt.ts';

/** A client in the browser. */
export const page: Check<PageAttempt>[] = [];
