import { runInNewContext } from 'node:vm';

/** How long work on a server's data may block the process, in milliseconds. */
const LIMIT_MS = 1000;

/** Work was stopped at the time limit. */
export class TimeLimitError extends Error {}

/**
 * Runs work whose duration depends on the server: compiling its schemas, matching its patterns. Ctrl-C and timers have no
 * effect while such work runs, so it is stopped at the limit, even in the middle of a regular expression.
 *
 * @throws {TimeLimitError} if the work is stopped; else what the work throws.
 */
export function bounded<T>(work: () => T): T {
    try {
        return runInNewContext('work()', { work }, { timeout: LIMIT_MS });
    } catch (error) {
        if (Object(error).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        throw new TimeLimitError(`the check took more than ${LIMIT_MS} ms`, { cause: error });
    }
}
