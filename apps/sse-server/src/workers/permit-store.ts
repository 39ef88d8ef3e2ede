import type { ClientRateLimitInfo, Store } from 'express-rate-limit';
import type { RateLimit } from '../config/variable-kinds.ts';
import type { Permits } from './messages.ts';

/** How long to wait for a reply of the primary process, in milliseconds. */
const REPLY_MS = 2000;

/**
 * Spends the permits that the primary process grants to this worker. While the primary process does not reply, this
 * worker counts alone: without any limit, clients could guess tokens.
 */
export class PermitStore implements Store {
    readonly #limit: RateLimit;
    readonly #ask: (client: string) => void;
    readonly #onAway: () => void;
    readonly #permits = new Map<string, Permits>();
    /** Requests that wait for permits, by client. */
    readonly #waiting = new Map<string, (() => void)[]>();
    /** Runs while requests wait for the primary process. */
    #timer: NodeJS.Timeout | undefined;
    #isPrimaryAway = false;

    /**
     * @param ask asks the primary process, which replies through `add`.
     * @param onAway is called when the primary process has stopped replying.
     */
    constructor(limit: RateLimit, ask: (client: string) => void, onAway: () => void) {
        this.#limit = limit;
        this.#ask = ask;
        this.#onAway = onAway;
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

    /** Takes a reply of the primary process. */
    add(client: string, permits: Permits): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#isPrimaryAway = false;
        this.#grant(client, permits);
        if (this.#waiting.size > 0) this.#limitWaiting();
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
            if (this.#isPrimaryAway) this.#grantAlone(client);
            else this.#limitWaiting();
        });
    }

    #grant(client: string, permits: Permits): void {
        this.#permits.set(client, permits);
        const waiting = this.#waiting.get(client) ?? [];
        this.#waiting.delete(client);
        for (const resume of waiting) resume();
    }

    /** Grants a client what it may have in one window, until the primary process replies. */
    #grantAlone(client: string): void {
        const { requests, windowMs } = this.#limit;
        this.#grant(client, { granted: requests, left: 0, resetAt: Date.now() + windowMs });
    }

    #limitWaiting(): void {
        this.#timer ??= setTimeout(() => {
            this.#timer = undefined;
            this.#isPrimaryAway = true;
            this.#onAway();
            for (const client of this.#waiting.keys()) this.#grantAlone(client);
        }, REPLY_MS);
    }

    #forget(): void {
        for (const [client, { resetAt }] of this.#permits) if (resetAt <= Date.now()) this.#permits.delete(client);
    }
}
