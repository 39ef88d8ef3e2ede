import { hash } from 'node:crypto';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Limits } from '../limits.ts';
import { toRememberedMs } from '../wire/idempotency-key.ts';

/** What identifies a POST with requests when a client repeats it. */
export interface Post {
    /** Digest of the content. */
    readonly content: string;
    /** Digest of the content and the idempotency key; without a key the same as `content`. */
    readonly name: string;
    /** Where the answer is: the number of a stream, or a position in the only stream. */
    answerAt: number;
    /** Whether to remember the POST after it is answered, so that it does not run twice. */
    isRemembered: boolean;
}

/** The POST with this content. @param key its idempotency key, if it has one. */
export function toPost(content: Buffer | string, key: string | undefined): Post {
    const digest = digestOf(content);
    return {
        content: digest,
        name: key === undefined ? digest : digestOf(`${digest} ${key}`),
        answerAt: 0,
        isRemembered: true
    };
}

/** The name of a POST without a key whose retry ran before it. */
const toFirst = (content: string) => `first ${content}`;

/** Takes less than half a microsecond for a message of usual size. */
function digestOf(content: Buffer | string): string {
    return hash('sha256', content, 'base64');
}

/**
 * What a session knows of a POST: it is `new`, or new and over the limit of requests in flight; it repeats a POST, whose
 * `answerAt` is that number; it uses the id of another request in flight (`idTaken`); or it is marked as a retry, and the
 * session no longer knows whether it ran.
 */
export type Recognition = 'new' | 'too-many-requests' | 'outcome-unknown' | number | { idTaken: RequestId };

export type PostLimits = Pick<Limits, 'maxInFlight' | 'maxRememberedPosts' | 'resumeWindowMs'>;

/**
 * The POSTs that a session has run, so that a marked retry does not run twice. They are remembered longer than their
 * answers: a retry whose answer is gone must not run either. Only digests and numbers are kept, so that long POSTs take no
 * more memory than short ones.
 *
 * Answered POSTs are kept in two generations. When `recent` is full or old, it becomes `older`, and the former `older` is
 * forgotten. A time for each POST would take half as much memory again.
 */
export class KnownPosts {
    readonly #limits: PostLimits;
    // Created when needed: most sessions are idle, and a map takes as much memory as the rest of the session's log.
    #inFlight: Map<RequestId, Post> | undefined;
    #recent: Map<string, number> | undefined;
    #older: Map<string, number> | undefined;
    /** Whether a marked retry has run. */
    #hasRetries = false;
    /** When `recent` began. All POSTs in `older` were answered before. */
    #recentSince = 0;
    /** Until then, a marked retry that is not known may be of a POST that was forgotten early. */
    #uncertainUntil = 0;

    constructor(limits: PostLimits) {
        this.#limits = limits;
    }

    /** The number of requests that are not answered yet. */
    get inFlight(): number {
        return this.#inFlight?.size ?? 0;
    }

    /** The POST that brought a request, if the request is in flight. */
    find(id: RequestId): Post | undefined {
        return this.#inFlight?.get(id);
    }

    /**
     * Compares a POST with those before it. The id of an answered request may be used again: only a POST that is marked
     * as a retry is looked for among the answered ones, and one whose retry has run before it.
     *
     * @param ids the ids of the requests in the POST.
     */
    recognize(post: Post, ids: readonly RequestId[], now: number): Recognition {
        let idTaken: RequestId | undefined;
        for (const id of ids) {
            const other = this.#inFlight?.get(id);
            // The same request is in flight, whatever its key: there can be only one reply under its id.
            if (other?.content === post.content) return other.answerAt;
            if (other) idTaken = id;
        }
        const isMarked = post.name !== post.content;
        const answerAt = isMarked || this.#hasRetries ? this.#findAnswered(post) : undefined;
        if (answerAt !== undefined) return answerAt;
        if (idTaken !== undefined) return { idTaken };
        // It might run twice, and only the client can know whether that does harm.
        if (isMarked && now < this.#uncertainUntil) return 'outcome-unknown';
        return this.inFlight + ids.length > this.#limits.maxInFlight ? 'too-many-requests' : 'new';
    }

    /** Notes that a request is in flight. */
    begin(id: RequestId, post: Post): void {
        this.#inFlight ??= new Map();
        this.#inFlight.set(id, post);
    }

    /** Notes that a request is answered or cancelled. */
    settle(id: RequestId, now: number): void {
        const post = this.#inFlight?.get(id);
        if (!post) return;
        this.#inFlight?.delete(id);
        if (this.#inFlight?.size === 0) this.#inFlight = undefined;
        if (post.isRemembered) this.#remember(post, now);
    }

    /** Forgets the POSTs that were answered long ago. */
    forgetOld(now: number): void {
        if ((this.#recent ?? this.#older) && now - this.#recentSince >= toRememberedMs(this.#limits)) this.#rotate(now);
    }

    clear(): void {
        this.#inFlight = undefined;
        this.#recent = undefined;
        this.#older = undefined;
    }

    #remember({ name, content, answerAt }: Post, now: number): void {
        this.#add(name, answerAt, now);
        if (name === content) return;
        // A retry ran. The POST that it repeats may still arrive, and has no mark.
        this.#add(toFirst(content), answerAt, now);
        this.#hasRetries = true;
    }

    #add(name: string, answerAt: number, now: number): void {
        if (this.#recent && this.#recent.size * 2 >= this.#limits.maxRememberedPosts) this.#rotate(now);
        else this.forgetOld(now);
        if (!this.#recent) {
            this.#recent = new Map();
            if (!this.#older) this.#recentSince = now;
        }
        this.#recent.set(name, answerAt);
    }

    #findAnswered({ name, content }: Post): number | undefined {
        const isMarked = name !== content;
        for (const known of [this.#recent, this.#older]) {
            // The first POST may have had the same key, or none.
            const answerAt = isMarked ? (known?.get(name) ?? known?.get(content)) : known?.get(toFirst(content));
            if (answerAt !== undefined) return answerAt;
        }
        return undefined;
    }

    #rotate(now: number): void {
        // The POSTs forgotten here may be retried until the last of them would have been old enough.
        if (this.#older) this.#uncertainUntil = this.#recentSince + toRememberedMs(this.#limits);
        this.#older = this.#recent;
        this.#recent = undefined;
        this.#recentSince = now;
    }
}
