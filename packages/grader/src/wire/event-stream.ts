import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { CheckFailure } from '../check.ts';
import { clauses } from '../clauses.ts';
import type { Text } from '../text.ts';

/** An event as a browser would dispatch it; `event` is `message` where the server gave no name. */
export interface StreamEvent {
    event: string;
    data: string;
    /** The last event id, if the server sent one. */
    id: string | undefined;
}

/** A server sends the first event with the headers; one that comes later than this comes late, in milliseconds. */
const SOON_MS = 100;

/** What one stream may send: far more than any check asks for, so that a stream without end ends a check early. */
const MAX_MEGABYTES = 32;
const MAX_EVENTS = 2000;

/** An open event stream: its bytes as they came, and the events in them. */
export class EventStream {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    /** All bytes so far, as text. */
    text = '';
    /** All events so far, in order. */
    readonly events: StreamEvent[] = [];
    /** All comments so far, such as heartbeats. */
    readonly comments: string[] = [];
    /** The reconnection time that the server asked for, in milliseconds. */
    retryMs: number | undefined;
    /** Whether an event arrived late and in one piece with others, as if something collected the stream. */
    heldBack = false;
    /** Whether the server, or the check, has ended the stream. */
    ended = false;

    readonly #response: IncomingMessage;
    readonly #waiting = new Set<() => void>();
    #taken = 0;
    readonly #openedAt = Date.now();
    /** Set if the stream has sent more than a check reads. */
    #excess: Text | undefined;

    constructor(response: IncomingMessage) {
        this.#response = response;
        this.status = response.statusCode ?? 0;
        this.headers = response.headers;
        const parser = createParser({
            onEvent: (event: EventSourceMessage) =>
                this.events.push({ event: event.event ?? 'message', data: event.data, id: event.id }),
            onComment: comment => this.comments.push(comment),
            onRetry: ms => {
                this.retryMs = ms;
            }
        });
        response.setEncoding('utf8').on('data', (chunk: string) => {
            this.text += chunk;
            const before = this.events.length + this.comments.length;
            parser.feed(chunk);
            const isBurst = this.events.length + this.comments.length > before + 1;
            if (this.text.length > MAX_MEGABYTES * 1024 * 1024)
                this.#refuse(`${MAX_MEGABYTES} MB`, `${MAX_MEGABYTES} Mo`);
            else if (this.events.length + this.comments.length > MAX_EVENTS)
                this.#refuse(`${MAX_EVENTS} events and comments`, `${MAX_EVENTS} événements et commentaires`);
            if (isBurst && before === 0 && Date.now() - this.#openedAt > SOON_MS) this.heldBack = true;
            this.#wake();
        });
        // An error is followed by `close`.
        response
            .on('error', () => {})
            .on('close', () => {
                this.ended = true;
                this.#wake();
            });
    }

    /**
     * Waits for the next event that matches; events before it are passed over for good.
     *
     * @returns undefined if none came within `limitMs` milliseconds, or before the end of the stream.
     */
    async next(matches: (event: StreamEvent) => boolean, limitMs: number): Promise<StreamEvent | undefined> {
        return await this.#find(matches, limitMs, () => this.#taken);
    }

    /** Waits for an event that matches, among all that came; `next` continues after it. */
    async any(matches: (event: StreamEvent) => boolean, limitMs: number): Promise<StreamEvent | undefined> {
        return await this.#find(matches, limitMs, () => 0);
    }

    /** Whether the stream stops in the middle of an event that has data, so that no client dispatches it. */
    get isEventOpen(): boolean {
        const rest = this.text.split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? '';
        return /^data:/m.test(rest);
    }

    async #find(matches: (event: StreamEvent) => boolean, limitMs: number, from: () => number) {
        const found = () => this.events.findIndex((event, index) => index >= from() && matches(event));
        await this.until(() => found() >= 0, limitMs);
        const index = found();
        if (index < 0) return undefined;
        this.#taken = Math.max(this.#taken, index + 1);
        return this.events[index];
    }

    /**
     * Waits until the condition holds; returns whether it does within `limitMs` milliseconds and before the end.
     *
     * @throws CheckFailure if the stream has sent more than a check reads.
     */
    async until(condition: () => boolean, limitMs: number): Promise<boolean> {
        const holds = await this.#wait(condition, limitMs);
        if (!holds && this.#excess) throw new CheckFailure({ received: this.#excess, ...TOO_MUCH });
        return holds;
    }

    async #wait(condition: () => boolean, limitMs: number): Promise<boolean> {
        if (condition() || this.ended) return condition();
        return await new Promise(resolve => {
            const settle = () => {
                clearTimeout(timer);
                this.#waiting.delete(check);
                resolve(condition());
            };
            const check = () => {
                if (condition() || this.ended) settle();
            };
            const timer = setTimeout(settle, limitMs);
            this.#waiting.add(check);
        });
    }

    /** Reads nothing more from the connection, as a client does that hangs. */
    pause(): void {
        this.#response.pause();
    }

    /** Reads again. */
    resume(): void {
        this.#response.resume();
    }

    /** Drops the connection, as a client does that goes away. */
    close(): void {
        this.#response.destroy();
    }

    #refuse(en: string, fr: string): void {
        this.#excess = { en: `more than ${en} on one stream`, fr: `plus de ${fr} sur un seul flux` };
        this.close();
    }

    #wake(): void {
        for (const check of this.#waiting) check();
    }
}

const TOO_MUCH = {
    expected: {
        en: 'an event for each reply and each notification, and then silence',
        fr: 'un événement par réponse et par notification, puis le silence'
    },
    clause: clauses.eventStream,
    next: {
        en: 'Look for a loop that writes to the stream without end, such as a timer of 0 ms, or a write in its own callback.',
        fr: 'Cherchez une boucle qui écrit sans fin sur le flux, comme un minuteur de 0 ms, ou une écriture dans son propre callback.'
    }
};
