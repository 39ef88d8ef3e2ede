import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../errors/cli-error.ts';

/**
 * Runs one request with a signal of its own, which aborts with `signal`. The SDK never removes its listener from a
 * signal: with a shared one, an abort would also cancel requests that were answered long ago.
 */
export async function cancellable<T>(signal: AbortSignal, work: (cancel: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const cancel = () => controller.abort(signal.reason);
    if (signal.aborted) throw interrupted();
    signal.addEventListener('abort', cancel, { once: true });
    try {
        return await work(controller.signal);
    } catch (error) {
        throw signal.aborted ? interrupted() : error;
    } finally {
        signal.removeEventListener('abort', cancel);
    }
}

/** The error of a command that the user has interrupted. */
export function interrupted(): CliError {
    return new CliError('interrupted', 'interrupted');
}

/** Never resolves; rejects with the signal's reason. */
export function rejectOnAbort(signal: AbortSignal): Promise<never> {
    const promise = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    // A rejection that is not awaited must not end the process.
    promise.catch(() => {});
    return promise;
}

/** How long the last messages may take to reach the server, in milliseconds. */
const FAREWELL_MS = 500;

/** Waits for the last messages, at most for a short time. A failure is ignored. */
export async function withinFarewell(work: Promise<unknown> | undefined): Promise<void> {
    await Promise.race([work?.catch(() => {}), delay(FAREWELL_MS, undefined, { ref: false })]);
}
