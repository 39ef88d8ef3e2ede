import type { NewEvent, Reading } from '../broker.ts';
import { ANSWER_READ_MS, type BrokerLimits, LEAST_EVENTS } from '../limits.ts';

interface EventLog {
    events: { position: number; json: string }[];
    last: number;
    holder: string | undefined;
    /** The last event that a former holder has sent. */
    sent: number;
    /** Requests without an answer; undefined for the stream of the session, which does not end. */
    unanswered: number | undefined;
    /** All its requests. */
    requests: number;
    endedAt: number;
    /** Of a stream that has ended: its holder, if that is not the owner and has not read it to the end. */
    unreadBy: string | undefined;
}

/** The streams of one session: their events and their holders. */
export class EventLogs {
    readonly #limits: BrokerLimits;
    readonly #isAlive: (process: string) => boolean;
    readonly #logs = new Map<number, EventLog>();
    /** The streams that have ended, in the order in which they did. */
    readonly #ended = new Set<number>();
    #lastStream = 0;

    constructor(limits: BrokerLimits, isAlive: (process: string) => boolean) {
        this.#limits = limits;
        this.#isAlive = isAlive;
    }

    get holders(): string[] {
        return [...this.#logs.values()].flatMap(({ holder }) => holder ?? []);
    }

    /** The last position of each stream that has events and has not ended. */
    get positions(): Map<number, number> {
        const open = [...this.#logs].filter(([stream, { last }]) => last > 0 && this.isOpen(stream));
        return new Map(open.map(([stream, { last }]) => [stream, last]));
    }

    holderOf(stream: number): string | undefined {
        return this.#logs.get(stream)?.holder;
    }

    /** Whether a stream was opened and has not ended. */
    isOpen(stream: number): boolean {
        return this.#logs.has(stream) && !this.#ended.has(stream);
    }

    /** The last position of a stream; 0 if it is not kept. */
    lastOf(stream: number): number {
        return this.#logs.get(stream)?.last ?? 0;
    }

    open(stream: number, holder: string | undefined, unanswered?: number): void {
        const requests = unanswered ?? 0;
        const log = { events: [], last: 0, holder, sent: 0, unanswered, requests, endedAt: 0, unreadBy: undefined };
        this.#logs.set(stream, log);
        this.#lastStream = Math.max(this.#lastStream, stream);
    }

    /** Adds an event to a stream that is open and returns its position. @param isLast whether it ends the stream. */
    append({ stream, json }: NewEvent, isLast: boolean, now: number): number {
        const log = this.#logs.get(stream);
        if (!log) return 0;
        const { maxEvents, maxBytes } = this.#limits;
        log.last += 1;
        log.events.push({ position: log.last, json });
        this.#dropEnded(maxBytes, now);
        const least = stream === 0 ? LEAST_EVENTS : 1;
        const { events } = log;
        // The last event ends the stream, which the client needs as a whole.
        while (!isLast && (events.length > maxEvents || (events.length > least && this.#bytes > maxBytes)))
            events.shift();
        return log.last;
    }

    /** One request of a stream is settled. Returns the holder if the stream may have ended thereby. */
    settle(stream: number, owner: string | undefined, now: number): string | undefined {
        const log = this.#logs.get(stream);
        if (!log?.unanswered) return undefined;
        const { holder } = log;
        log.unanswered -= 1;
        if (log.unanswered > 0) return holder;
        log.endedAt = now;
        log.holder = undefined;
        if (log.last > 0 && holder !== undefined && holder !== owner && this.#isAlive(holder)) log.unreadBy = holder;
        this.#ended.add(stream);
        this.forgetOld(now);
        return holder;
    }

    /** Whether a stream has one request without an answer. */
    isNearEnd(stream: number): boolean {
        return this.#logs.get(stream)?.unanswered === 1;
    }

    /** How many requests have answers that are not read. Forgets holders that are gone, or had time enough. */
    countUnread(now: number): number {
        let sum = 0;
        for (const stream of this.#ended) {
            const log = this.#logs.get(stream);
            if (log?.unreadBy === undefined) continue;
            if (this.#isAlive(log.unreadBy) && now - log.endedAt < ANSWER_READ_MS) sum += log.requests;
            else log.unreadBy = undefined;
        }
        return sum;
    }

    /** Returns the former holder, and what it has sent. */
    hold(stream: number, holder: string): { former: string | undefined; sent: number } {
        const log = this.#logs.get(stream);
        if (!log) return { former: undefined, sent: 0 };
        const { holder: former, sent } = log;
        log.holder = holder;
        return { former, sent };
    }

    unhold(stream: number, holder: string, position: number): void {
        const log = this.#logs.get(stream);
        if (log?.unreadBy === holder) log.unreadBy = undefined;
        if (log?.holder !== holder) return;
        log.holder = undefined;
        if (stream === 0) log.sent = position;
    }

    read(stream: number, after: number, limit: number, reader: string): Reading {
        if (stream > this.#lastStream) return 'unknown';
        const log = this.#logs.get(stream);
        if (!log) return 'trimmed';
        const ended = this.#ended.has(stream);
        if (after > log.last) return 'future';
        const events = log.events.filter(({ position }) => position > after).slice(0, limit);
        if (after < log.last && events[0]?.position !== after + 1) return 'trimmed';
        if (ended && after + events.length === log.last && log.unreadBy === reader) log.unreadBy = undefined;
        return { events, last: log.last, ended };
    }

    forgetOld(now: number): void {
        this.#dropEnded(-1, now - this.#limits.rememberMs);
    }

    /** What the open streams and those that were read take. */
    get #bytes(): number {
        const kept = [...this.#logs.values()].filter(({ unreadBy }) => unreadBy === undefined);
        const events = kept.flatMap(({ events }) => events);
        return events.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
    }

    /** Drops streams that ended until then, oldest first, while they and the open streams take more. */
    #dropEnded(maxBytes: number, until: number): void {
        const isForTime = maxBytes < 0;
        for (const stream of this.#ended) {
            const { endedAt = 0, unreadBy, last = 0 } = this.#logs.get(stream) ?? {};
            if (endedAt > until || this.#bytes <= maxBytes) return;
            // A stream without an event takes nothing.
            if (!isForTime && (unreadBy !== undefined || last === 0)) continue;
            this.#ended.delete(stream);
            this.#logs.delete(stream);
        }
    }
}
