import { CliError } from '../errors/cli-error.ts';

/**
 * Gives each request a signal of its own: the SDK never stops listening to it,
 * and would cancel the requests that were answered long ago as well.
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

/** What a command ends with when the user has had enough. */
export function interrupted(): CliError {
    return new CliError('interrupted', 'interrupted');
}

/** Never resolves; rejects with the signal's reason. */
export function rejectOnAbort(signal: AbortSignal): Promise<never> {
    const promise = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    // There may be nobody waiting for it.
    promise.catch(() => {});
    return promise;
}
