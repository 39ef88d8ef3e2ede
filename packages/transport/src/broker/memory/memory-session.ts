import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type {
    Acceptance,
    BrokerLimits,
    InboxEntry,
    NewEvent,
    NewPost,
    NewSession,
    Reading,
    SessionState
} from '../broker.ts';
import { AnsweredPosts } from './answered-posts.ts';

interface Waiting {
    json: string;
    stream: number;
    id: RequestId | undefined;
}

interface Stream {
    events: { position: number; json: string }[];
    last: number;
    holder: string | undefined;
    /** The last event that a former holder has sent. */
    sent: number;
    /** Requests without an answer; undefined for the stream of the session, which does not end. */
    unanswered: number | undefined;
    /** When a stream that has ended is forgotten. */
    forgottenAt: number;
}

/** What is kept of one session: who owns it, its inbox and its streams. It wakes no process. */
export class MemorySession {
    readonly transport: NewSession['transport'];
    readonly credential: string;
    owner: string | undefined;
    fence = 1;
    state: SessionState = { settings: [] };
    /** The process that takes care of the inbox. */
    watcher: string | undefined;
    usedAt: number;
    readonly #limits: BrokerLimits;
    readonly #inbox = new Map<number, Waiting>();
    readonly #inFlight = new Map<RequestId, { content: string; name: string | undefined; stream: number }>();
    readonly #answered: AnsweredPosts;
    readonly #streams = new Map<number, Stream>();
    #lastEntry = 0;
    #lastStream = 0;
    /** The last entry that the owner has taken, and what former owners had taken. */
    #taken = 0;
    #past: number[] = [];

    constructor({ transport, credential, holds }: NewSession, owner: string, limits: BrokerLimits, now: number) {
        this.transport = transport;
        this.credential = credential;
        this.owner = owner;
        this.usedAt = now;
        this.#limits = limits;
        this.#answered = new AnsweredPosts(limits);
        const holder = holds ? owner : undefined;
        this.#streams.set(0, { events: [], last: 0, holder, sent: 0, unanswered: undefined, forgottenAt: 0 });
    }

    get isWaiting(): boolean {
        return this.#inbox.size > 0;
    }

    get holders(): string[] {
        return [...this.#streams.values()].flatMap(({ holder }) => holder ?? []);
    }

    holderOf(stream: number): string | undefined {
        return this.#streams.get(stream)?.holder;
    }

    /** Whether a stream was opened and has not ended. */
    isOpen(stream: number): boolean {
        const log = this.#streams.get(stream);
        return log !== undefined && log.unanswered !== 0;
    }

    /** The next owner has taken nothing yet. */
    changeOwner(owner: string): void {
        if (!this.isWaiting) this.#past = [];
        else if (this.#taken > 0) this.#past.push(this.#taken);
        this.#taken = 0;
        this.owner = owner;
        this.fence += 1;
    }

    /** Why a POST is not new; undefined if it is. */
    recognize(post: NewPost, now: number): Acceptance | undefined {
        const requests = post.messages.flatMap(({ id }) => id ?? []);
        let taken: RequestId | undefined;
        for (const id of requests) {
            const other = this.#inFlight.get(id);
            if (other?.content === post.content) return { kind: 'repeated', stream: other.stream };
            if (other) taken = id;
        }
        const isMarked = post.name !== post.content;
        const stream = isMarked ? this.#answered.find(post, now) : undefined;
        if (stream !== undefined) return { kind: 'repeated', stream };
        if (taken !== undefined) return { kind: 'id-in-flight', id: taken };
        if (isMarked && this.#answered.isUncertain(now)) return { kind: 'outcome-unknown' };
        const { maxInFlight } = this.#limits;
        const isFull =
            this.#inFlight.size + requests.length > maxInFlight ||
            this.#inbox.size + post.messages.length > 2 * maxInFlight;
        return isFull ? { kind: 'too-many-requests' } : undefined;
    }

    /** Keeps the messages of a new POST. @param process the one that has got it. */
    keep(post: NewPost, process: string): { stream: number; firstEntry: number; isTaken: boolean } {
        const requests = post.messages.filter(({ id }) => id !== undefined).length;
        const stream = post.opensStream && requests > 0 ? ++this.#lastStream : 0;
        if (stream > 0) {
            const log = { events: [], last: 0, holder: process, sent: 0, unanswered: requests, forgottenAt: 0 };
            this.#streams.set(stream, log);
        }
        const before = this.#lastEntry;
        for (const { json, id } of post.messages) {
            this.#inbox.set(++this.#lastEntry, { json, stream, id });
            const name = post.isRemembered ? post.name : undefined;
            if (id !== undefined) this.#inFlight.set(id, { content: post.content, name, stream });
        }
        const isTaken = process === this.owner && this.#taken === before;
        if (isTaken) this.#taken = this.#lastEntry;
        return { stream, firstEntry: before + 1, isTaken };
    }

    takeInbox(after: number): InboxEntry[] {
        this.#taken = this.#lastEntry;
        return [...this.#inbox]
            .filter(([entry]) => entry > after)
            .map(([entry, { json, stream }]) => {
                const attempts = this.#past.filter(last => last >= entry).length;
                return { entry, json, stream, attempts };
            });
    }

    /** Returns the position and the holder of the stream, or undefined if there is nothing to append. */
    append({ stream, json, settles, position = Number.POSITIVE_INFINITY }: NewEvent, now: number) {
        const log = this.#streams.get(stream);
        if (log && position <= log.last) return { position, holder: undefined };
        if (!log || log.unanswered === 0 || (settles !== undefined && !this.#inbox.has(settles))) return undefined;
        log.last += 1;
        log.events.push({ position: log.last, json });
        if (log.events.length > this.#limits.maxEvents) log.events.shift();
        if (settles !== undefined) this.settle(settles, now);
        return { position: log.last, holder: log.holder };
    }

    /** Returns the stream and its holder if the stream may have ended thereby. */
    settle(entry: number, now: number): { stream: number; holder: string | undefined } | undefined {
        const waiting = this.#inbox.get(entry);
        if (!waiting) return undefined;
        this.#inbox.delete(entry);
        if (waiting.id === undefined) return undefined;
        const name = this.#inFlight.get(waiting.id)?.name;
        this.#inFlight.delete(waiting.id);
        if (name !== undefined) this.#answered.remember(name, waiting.stream, now);
        const log = this.#streams.get(waiting.stream);
        if (!log?.unanswered) return undefined;
        log.unanswered -= 1;
        if (log.unanswered === 0) log.forgottenAt = now + this.#limits.rememberMs;
        return { stream: waiting.stream, holder: log.holder };
    }

    /** Returns the former holder, and what it has sent. */
    hold(stream: number, holder: string): { former: string | undefined; sent: number } {
        const log = this.#streams.get(stream);
        if (!log) return { former: undefined, sent: 0 };
        const { holder: former, sent } = log;
        log.holder = holder;
        return { former, sent };
    }

    unhold(stream: number, holder: string, position: number): void {
        const log = this.#streams.get(stream);
        if (log?.holder !== holder) return;
        log.holder = undefined;
        if (stream === 0) log.sent = position;
    }

    read(stream: number, after: number, limit: number): Reading {
        const log = this.#streams.get(stream);
        const ended = log?.unanswered === 0;
        if (!log || (ended && log.last === 0)) return 'unknown';
        if (after > log.last) return 'future';
        const events = log.events.filter(({ position }) => position > after).slice(0, limit);
        if (after < log.last && events[0]?.position !== after + 1) return 'trimmed';
        return { events, last: log.last, ended };
    }

    forgetOld(now: number): void {
        for (const [number, { unanswered, forgottenAt }] of this.#streams) {
            if (unanswered === 0 && forgottenAt <= now) this.#streams.delete(number);
        }
    }
}
