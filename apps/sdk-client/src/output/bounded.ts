import { runInNewContext } from 'node:vm';

/** How long work on what a server sent may keep everything else waiting, in milliseconds. */
const LIMIT_MS = 1000;

/**
 * Runs work whose length a server decides: compiling its schemas, matching its patterns. Ctrl-C and time limits have no
 * effect while such work runs, so it is ended at a limit, a regular expression included.
 *
 * @throws what the work throws; an error that names the limit.
 */
export function bounded<T>(work: () => T): T {
    try {
        return runInNewContext('work()', { work }, { timeout: LIMIT_MS });
    } catch (error) {
        if (Object(error).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        throw new Error(`it takes more than ${LIMIT_MS} ms to check`, { cause: error });
    }
}
