import type { Clock } from '../../clock.ts';
import { sleep } from '../timing.ts';

/**
 * Aborts many tasks at once. Each task has its own signal, because a shared signal would collect listeners: fetch does
 * not remove them, and Node warns about more than ten.
 */
export class AbortGroup {
    readonly #members = new Set<AbortController>();
    #reason: Error | undefined;

    get isAborted(): boolean {
        return this.#reason !== undefined;
    }

    /** Runs a task whose signal aborts with the group. Throws the reason if the group was aborted before. */
    async run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
        if (this.#reason) throw this.#reason;
        const own = new AbortController();
        this.#members.add(own);
        try {
            return await task(own.signal);
        } finally {
            this.#members.delete(own);
        }
    }

    /** Settles after `ms` milliseconds, or rejects with the reason as soon as the group is aborted. */
    sleep(ms: number, clock: Clock): Promise<void> {
        return this.run(signal => sleep(ms, clock, signal));
    }

    abort(reason: Error): void {
        this.#reason ??= reason;
        for (const member of this.#members) member.abort(reason);
    }
}
