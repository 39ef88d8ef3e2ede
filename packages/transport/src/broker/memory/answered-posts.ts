import type { BrokerLimits, NewPost } from '../broker.ts';

/**
 * The POSTs of a session that were answered, in two generations: when `recent` is full or old, it becomes `older`, and the
 * former `older` is forgotten.
 */
export class AnsweredPosts {
    readonly #limits: BrokerLimits;
    #recent = new Map<string, number>();
    #older = new Map<string, number>();
    #recentSince: number | undefined;
    #uncertainUntil = 0;

    constructor(limits: BrokerLimits) {
        this.#limits = limits;
    }

    /** Notes that a POST was answered on a stream. */
    remember(name: string, stream: number, now: number): void {
        if (this.#recent.size * 2 >= this.#limits.maxRememberedPosts) this.#rotate(now);
        else this.#forgetOld(now);
        if (this.#recent.size === 0 && this.#older.size === 0) this.#recentSince = now;
        this.#recent.set(name, stream);
    }

    /** The stream of the answer of a POST that is marked as a retry. The first one may have had no mark. */
    find({ name, content }: NewPost, now: number): number | undefined {
        this.#forgetOld(now);
        for (const known of [this.#recent, this.#older]) {
            const stream = known.get(name) ?? known.get(content);
            if (stream !== undefined) return stream;
        }
        return undefined;
    }

    /** Whether a POST may have been forgotten early. */
    isUncertain(now: number): boolean {
        return now < this.#uncertainUntil;
    }

    #forgetOld(now: number): void {
        if (this.#recentSince !== undefined && now - this.#recentSince >= this.#limits.rememberMs) this.#rotate(now);
    }

    #rotate(now: number): void {
        if (this.#older.size > 0) this.#uncertainUntil = (this.#recentSince ?? now) + this.#limits.rememberMs;
        this.#older = this.#recent;
        this.#recent = new Map();
        this.#recentSince = now;
    }
}
