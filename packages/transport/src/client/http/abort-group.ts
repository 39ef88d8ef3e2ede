/**
 * Aborts many tasks at once. Each has a signal of its own: a signal that all share would collect listeners, since fetch
 * removes none, and Node warns of more than ten.
 */
export class AbortGroup {
    readonly #members = new Set<AbortController>();
    #reason: Error | undefined;

    get isAborted(): boolean {
        return this.#reason !== undefined;
    }

    /** Runs a task; its signal aborts with the group, until it has settled. */
    async run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
        const own = new AbortController();
        if (this.#reason) own.abort(this.#reason);
        this.#members.add(own);
        try {
            return await task(own.signal);
        } finally {
            this.#members.delete(own);
        }
    }

    abort(reason: Error): void {
        this.#reason ??= reason;
        for (const member of this.#members) member.abort(reason);
    }
}
