import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Acceptance, InboxEntry, NewEvent, NewPost, NewSession, SessionRecord, SessionState } from '../broker.ts';
import { type BrokerLimits, TAKE_BYTES } from '../limits.ts';
import { AnsweredPosts } from './answered-posts.ts';
import { EventLogs } from './event-logs.ts';

interface Waiting {
    json: string;
    stream: number;
    id: RequestId | undefined;
}

interface KnownPost {
    content: string;
    name: string;
    isRemembered: boolean;
    stream: number;
    /** The number of the request in the inbox. */
    entry: number;
}

/** A stream that may have ended, and its holder. */
interface Settled {
    stream: number;
    holder: string | undefined;
}

/** What is kept of one session: who owns it, its inbox and its streams. It wakes no process. */
export class MemorySession {
    readonly transport: NewSession['transport'];
    readonly credential: string;
    readonly client: string;
    /** Whether it may be evicted: a session of Streamable HTTP that was not used after its first POST. */
    isUnused: boolean;
    owner: string | undefined;
    fence = 1;
    state: SessionState = { settings: [] };
    /** The process that takes care of the inbox. */
    watcher: string | undefined;
    usedAt: number;
    /** The process that was the last to give up stream 0. */
    left: string | undefined;
    /** The process that ends a session of HTTP+SSE if its client does not come back. */
    attendant: string | undefined;
    readonly streams: EventLogs;
    readonly #limits: BrokerLimits;
    readonly #inbox = new Map<number, Waiting>();
    readonly #inFlight = new Map<RequestId, KnownPost>();
    readonly #answered: AnsweredPosts;
    #lastEntry = 0;
    #lastStream = 0;
    /** The last entry that the owner has taken, and what former owners had taken. */
    #taken = 0;
    #past: number[] = [];

    constructor(
        { transport, credential, client = '', holds }: NewSession,
        owner: string,
        limits: BrokerLimits,
        isAlive: (process: string) => boolean,
        now: number
    ) {
        this.transport = transport;
        this.credential = credential;
        this.client = client;
        this.isUnused = transport === 'streamable-http';
        this.owner = owner;
        this.usedAt = now;
        this.#limits = limits;
        this.#answered = new AnsweredPosts(limits);
        this.streams = new EventLogs(limits, isAlive);
        this.streams.open(0, holds ? owner : undefined);
        if (holds) this.attend(owner);
    }

    get isWaiting(): boolean {
        return this.#inbox.size > 0;
    }

    /** @param owner while its lease has not ended. */
    toRecord(id: string, owner: string | undefined): SessionRecord {
        const { transport, fence } = this;
        const { protocolVersion } = this.state;
        return { id, transport, owner, fence, ...(protocolVersion !== undefined && { protocolVersion }) };
    }

    attend(process: string): void {
        if (this.transport === 'sse') this.attendant = process;
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
        const stream = this.#answered.find(post, now);
        if (stream !== undefined) return { kind: 'repeated', stream };
        if (taken !== undefined) return { kind: 'id-in-flight', id: taken };
        if (isMarked && this.#answered.isUncertain(now)) return { kind: 'outcome-unknown' };
        const { maxInFlight, maxInboxBytes } = this.#limits;
        const waiting = [...this.#inbox.values()];
        // Replies and cancellations may be what lets the requests that wait end.
        const mostBytes = requests.length > 0 ? maxInboxBytes : 2 * maxInboxBytes;
        const isFull =
            this.#inFlight.size + this.streams.countUnread(now) + requests.length > maxInFlight ||
            waiting.length + post.messages.length > 2 * maxInFlight ||
            (waiting.length > 0 && bytesOf(waiting) + bytesOf(post.messages) > mostBytes);
        return isFull ? { kind: 'too-many-requests' } : undefined;
    }

    /** Keeps the messages of a new POST, and settles the requests that they cancel. @param process the one that has got it. */
    keep(
        post: NewPost,
        process: string,
        now: number
    ): { stream: number; firstEntry: number; isTaken: boolean; cancelled: Settled[] } {
        const requests = post.messages.filter(({ id }) => id !== undefined).length;
        const stream = post.opensStream && requests > 0 ? ++this.#lastStream : 0;
        if (stream > 0) this.streams.open(stream, process, requests);
        const before = this.#lastEntry;
        if (before > 0) this.isUnused = false;
        const cancelled: Settled[] = [];
        for (const { json, id, cancels } of post.messages) {
            const entry = ++this.#lastEntry;
            this.#inbox.set(entry, { json, stream, id });
            const { content, name, isRemembered } = post;
            if (id !== undefined) this.#inFlight.set(id, { content, name, isRemembered, stream, entry });
            const other = cancels === undefined ? undefined : this.#inFlight.get(cancels);
            const settled = other && this.settle(other.entry, now);
            if (settled) cancelled.push(settled);
        }
        const isTaken = process === this.owner && this.#taken === before;
        if (isTaken) this.#taken = this.#lastEntry;
        return { stream, firstEntry: before + 1, isTaken, cancelled };
    }

    takeInbox(after: number): InboxEntry[] {
        const entries: InboxEntry[] = [];
        this.#taken = this.#lastEntry;
        for (const [entry, { json, stream }] of this.#inbox) {
            if (entry <= after) continue;
            entries.push({ entry, json, stream, attempts: this.#past.filter(last => last >= entry).length });
            if (bytesOf(entries) < TAKE_BYTES) continue;
            this.#taken = entry;
            break;
        }
        return entries;
    }

    /** Returns the position and the holder of the stream, or undefined if there is nothing to append. */
    append(event: NewEvent, now: number): { position: number; holder: string | undefined } | undefined {
        const { stream, settles, position = Number.POSITIVE_INFINITY } = event;
        if (position <= this.streams.lastOf(stream)) return { position, holder: undefined };
        if (!this.streams.isOpen(stream) || (settles !== undefined && !this.#inbox.has(settles))) return undefined;
        const holder = this.streams.holderOf(stream);
        const isLast = settles !== undefined && this.streams.isNearEnd(stream);
        const added = this.streams.append(event, isLast, now);
        if (settles !== undefined) this.settle(settles, now);
        return { position: added, holder };
    }

    /** Returns the stream and its holder if the stream may have ended thereby. */
    settle(entry: number, now: number): Settled | undefined {
        const waiting = this.#inbox.get(entry);
        if (!waiting) return undefined;
        this.#inbox.delete(entry);
        if (waiting.id === undefined) return undefined;
        const { stream } = waiting;
        const post = this.#inFlight.get(waiting.id);
        this.#inFlight.delete(waiting.id);
        if (post?.isRemembered) this.#answered.remember(post, stream, now);
        return { stream, holder: this.streams.settle(stream, this.owner, now) };
    }
}

function bytesOf(messages: readonly { json: string }[]): number {
    return messages.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
}
