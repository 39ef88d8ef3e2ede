import type { ClientRateLimitInfo, Store } from 'express-rate-limit';
import type { RateLimit } from '../config/variable-kinds.ts';
import type { Permits } from './messages.ts';

/** Spends the permits that the primary process grants to this worker. */
export class PermitStore implements Store {
    readonly #limit: RateLimit;
    readonly #ask: (client: string) => void;
    readonly #permits = new Map<string, Permits>();
    /** Requests that wait for permits, by client. */
    readonly #waiting = new Map<string, (() => void)[]>();

    /** @param ask asks the primary process, which replies through `add`. */
    constructor(limit: RateLimit, ask: (client: string) => void) {
        this.#limit = limit;
        this.#ask = ask;
        setInterval(() => this.#forget(), limit.windowMs).unref();
    }

    async increment(client: string): Promise<ClientRateLimitInfo> {
        for (;;) {
            const permits = this.#permits.get(client);
            if (permits && permits.resetAt > Date.now()) {
                const { granted, left, resetAt } = permits;
                if (granted > 0) permits.granted--;
                if (granted > 0 || left === 0) {
                    const totalHits = this.#limit.requests - left - granted + 1;
                    return { totalHits, resetTime: new Date(resetAt) };
                }
            }
            await this.#more(client);
        }
    }

    add(client: string, permits: Permits): void {
        this.#permits.set(client, permits);
        const waiting = this.#waiting.get(client) ?? [];
        this.#waiting.delete(client);
        for (const resume of waiting) resume();
    }

    // The server counts every request, and never forgives one.
    decrement(): void {}
    resetKey(): void {}

    #more(client: string): Promise<void> {
        return new Promise(resolve => {
            const waiting = this.#waiting.get(client);
            if (waiting) return void waiting.push(resolve);
            this.#waiting.set(client, [resolve]);
            this.#ask(client);
        });
    }

    #forget(): void {
        for (const [client, { resetAt }] of this.#permits) if (resetAt <= Date.now()) this.#permits.delete(client);
    }
}
