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
    endedAt: number;
}

/** The streams of one session: their events and their holders. */
export class EventLogs {
    readonly #limits: BrokerLimits;
    readonly #logs = new Map<number, EventLog>();
    /** The streams that have ended, in the order in which they did. */
    readonly #ended = new Set<number>();

    constructor(limits: BrokerLimits) {
        this.#limits = limits;
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
        this.#logs.set(stream, { events: [], last: 0, holder, sent: 0, unanswered, endedAt: 0 });
    }

    /** Adds an event to a stream that is open and returns its position. */
    append({ stream, json }: NewEvent, now: number): number {
        const log = this.#logs.get(stream);
        if (!log) return 0;
        const { maxEvents, maxBytes } = this.#limits;
        log.last += 1;
        log.events.push({ position: log.last, json });
        this.#dropEnded(maxBytes, now - ANSWER_READ_MS);
        const least = stream === 0 ? LEAST_EVENTS : 1;
        while (log.events.length > maxEvents || (log.events.length > least && this.#bytes > maxBytes))
            log.events.shift();
        this.#dropEnded(2 * maxBytes, now);
        return log.last;
    }

    /** One request of a stream is settled. Returns the holder if the stream may have ended thereby. */
    settle(stream: number, now: number): string | undefined {
        const log = this.#logs.get(stream);
        if (!log?.unanswered) return undefined;
        const { holder } = log;
        log.unanswered -= 1;
        if (log.unanswered > 0) return holder;
        log.endedAt = now;
        log.holder = undefined;
        this.#ended.add(stream);
        this.forgetOld(now);
        return holder;
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
        if (log?.holder !== holder) return;
        log.holder = undefined;
        if (stream === 0) log.sent = position;
    }

    read(stream: number, after: number, limit: number): Reading {
        const log = this.#logs.get(stream);
        const ended = this.#ended.has(stream);
        if (!log || (ended && log.last === 0)) return 'unknown';
        if (after > log.last) return 'future';
        const events = log.events.filter(({ position }) => position > after).slice(0, limit);
        if (after < log.last && events[0]?.position !== after + 1) return 'trimmed';
        return { events, last: log.last, ended };
    }

    forgetOld(now: number): void {
        this.#dropEnded(-1, now - this.#limits.rememberMs);
    }

    get #bytes(): number {
        const events = [...this.#logs.values()].flatMap(({ events }) => events);
        return events.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
    }

    /** Drops streams that ended until then, oldest first, while all logs together take more. */
    #dropEnded(maxBytes: number, until: number): void {
        for (const stream of this.#ended) {
            const endedAt = this.#logs.get(stream)?.endedAt ?? 0;
            if (endedAt > until || this.#bytes <= maxBytes) return;
            this.#ended.delete(stream);
            this.#logs.delete(stream);
        }
    }
}
