import { hash } from 'node:crypto';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Limits } from '../limits.ts';
import { toMemoryMs } from '../wire/idempotency-key.ts';

/** A POST with requests, as far as it takes to recognize it when it comes again. */
export interface Post {
    /** Digest of the content. */
    readonly content: string;
    /** Digest of the content and the idempotency key; without a key the same as `content`. */
    readonly name: string;
    /** Where the answer goes: a number that the transport understands. */
    place: number;
    /** Whether it must not run twice once it is answered. */
    isRemembered: boolean;
}

/** The POST of this content. @param key the idempotency key that it carries, if any. */
export function toPost(content: Buffer | string, key: string | undefined): Post {
    const digest = digestOf(content);
    return {
        content: digest,
        name: key === undefined ? digest : digestOf(`${digest} ${key}`),
        place: 0,
        isRemembered: true
    };
}

/** Less than half a microsecond for a usual message. */
function digestOf(content: Buffer | string): string {
    return hash('sha256', content, 'base64');
}

/**
 * What a POST is to those before it: `new`; the repetition of one whose answer goes to `place`; one with the id of
 * another request in flight (`taken`); or marked as a retry when it is not known whether it was run.
 */
export type Recognition = 'new' | 'outcome-unknown' | { place: number } | { taken: RequestId };

export type MemoryLimits = Pick<Limits, 'maxRememberedPosts' | 'resumeWindowMs'>;

/**
 * Which POSTs a session has run, so that none is run twice that says it is a retry. It outlives the answers: a retry
 * whose answer is gone must not be run either. It holds digests and numbers, so that its size does not depend on that of
 * bodies, keys and ids.
 *
 * What is answered is kept in two generations: a full or old `recent` becomes `older`, and the `older` before it is
 * forgotten. A time for each entry would cost more than half as much again.
 */
export class PostMemory {
    readonly #limits: MemoryLimits;
    // A map takes as much as a session's log, and nearly all sessions are idle: there is none while there is nothing in it.
    #inFlight: Map<RequestId, Post> | undefined;
    #recent: Map<string, number> | undefined;
    #older: Map<string, number> | undefined;
    /** When `recent` began; everything in `older` was answered before. */
    #recentSince = 0;
    #uncertainUntil = 0;

    constructor(limits: MemoryLimits) {
        this.#limits = limits;
    }

    /** How many requests are not answered yet. */
    get inFlight(): number {
        return this.#inFlight?.size ?? 0;
    }

    /** The POST that brought a request which is not answered yet. */
    find(id: RequestId): Post | undefined {
        return this.#inFlight?.get(id);
    }

    /**
     * Compares a POST with those before it. An id may be used again once its request is answered; only a POST that is
     * marked as a retry is looked for among those that are answered.
     */
    recognize(post: Post, ids: Iterable<RequestId>, now: number): Recognition {
        let taken: RequestId | undefined;
        for (const id of ids) {
            const other = this.#inFlight?.get(id);
            // There can be one answer only.
            if (other?.content === post.content) return { place: other.place };
            if (other) taken = id;
        }
        const isMarked = post.name !== post.content;
        const place = isMarked ? this.#findAnswered(post) : undefined;
        if (place !== undefined) return { place };
        if (taken !== undefined) return { taken };
        // To run it might be to run it twice, and only its sender can tell whether that does harm.
        return isMarked && now < this.#uncertainUntil ? 'outcome-unknown' : 'new';
    }

    /** Notes that a request is handed to the server. */
    begin(id: RequestId, post: Post): void {
        this.#inFlight ??= new Map();
        this.#inFlight.set(id, post);
    }

    /** Notes that a request is answered or cancelled; false if it was not in flight. */
    settle(id: RequestId, now: number): boolean {
        const post = this.#inFlight?.get(id);
        if (!post) return false;
        this.#inFlight?.delete(id);
        if (this.#inFlight?.size === 0) this.#inFlight = undefined;
        if (post.isRemembered) this.#remember(post, now);
        return true;
    }

    /** Forgets what was answered long ago. */
    forgetOld(now: number): void {
        if ((this.#recent ?? this.#older) && now - this.#recentSince >= toMemoryMs(this.#limits)) this.#rotate(now);
    }

    clear(): void {
        this.#inFlight = undefined;
        this.#recent = undefined;
        this.#older = undefined;
    }

    #remember({ name, place }: Post, now: number): void {
        if (this.#recent && this.#recent.size * 2 >= this.#limits.maxRememberedPosts) this.#rotate(now);
        else this.forgetOld(now);
        if (!this.#recent) {
            this.#recent = new Map();
            if (!this.#older) this.#recentSince = now;
        }
        this.#recent.set(name, place);
    }

    #findAnswered({ name, content }: Post): number | undefined {
        for (const known of [this.#recent, this.#older]) {
            // The POST that is repeated may have carried the same key, or none.
            const place = known?.get(name) ?? known?.get(content);
            if (place !== undefined) return place;
        }
        return undefined;
    }

    #rotate(now: number): void {
        // If it is not that old, a retry of a POST that is forgotten here may be still to come.
        if (this.#older) this.#uncertainUntil = this.#recentSince + toMemoryMs(this.#limits);
        this.#older = this.#recent;
        this.#recent = undefined;
        this.#recentSince = now;
    }
}
