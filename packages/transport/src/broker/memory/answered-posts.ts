import type { NewPost } from '../broker.ts';
import type { BrokerLimits } from '../limits.ts';

type PostName = Pick<NewPost, 'name' | 'content'>;

/** The name of a POST without a mark whose retry ran before it. */
const toFirst = (content: string) => `first ${content}`;

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
    remember({ name, content }: PostName, stream: number, now: number): void {
        this.#add(name, stream, now);
        // A retry ran. The POST that it repeats may still arrive, and has no mark.
        if (name !== content) this.#add(toFirst(content), stream, now);
    }

    #add(name: string, stream: number, now: number): void {
        if (this.#recent.size * 2 >= this.#limits.maxRememberedPosts) this.#rotate(now);
        else this.#forgetOld(now);
        if (this.#recent.size === 0 && this.#older.size === 0) this.#recentSince = now;
        this.#recent.set(name, stream);
    }

    /**
     * The stream of the answer of a POST that comes again: it is marked as a retry, and the first one had the same mark or
     * none; or it has no mark, and its retry ran before it.
     */
    find({ name, content }: PostName, now: number): number | undefined {
        this.#forgetOld(now);
        const names = name === content ? [toFirst(content)] : [name, content];
        for (const known of [this.#recent, this.#older]) {
            const stream = names.map(each => known.get(each)).find(each => each !== undefined);
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
