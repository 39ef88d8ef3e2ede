import { type Attempt, nothingFor } from './attempt.ts';
import type { CheckFailure, FailureDetails } from './check.ts';
import type { Clause } from './clauses.ts';
import { diagnoseGet, diagnosePost, diagnoses } from './diagnoses.ts';
import type { EventStream, StreamEvent } from './wire/event-stream.ts';
import { hasReply, type Incoming, isReply, parse, type Reply, type Unchecked } from './wire/message.ts';
import type { Answer } from './wire/request.ts';
import { showAnswer, showStream } from './wire/show.ts';

/** The params of `initialize`. The revision is the first with HTTP+SSE; every server of the lessons knows it. */
export const INTRODUCTION = {
    protocolVersion: '2024-11-05',
    capabilities: {},
    clientInfo: { name: 'lesson-check', version: '1.0.0' }
};

/** A session of HTTP+SSE that a check holds, and whose every fault is a failure with a diagnosis. */
export class McpSession {
    readonly stream: EventStream;
    /** Where to POST. */
    readonly endpoint: URL;
    readonly #attempt: Attempt;
    readonly #headers: Record<string, string>;
    /** Events that were waited for and came, and the ids of the requests that they answered. */
    readonly #taken = new Set<StreamEvent>();
    readonly #answered = new Set<unknown>();
    #lastId: number;
    /** The last notification, as a report shows it. */
    #lastNotification = '';

    constructor(attempt: Attempt, stream: EventStream, endpoint: URL, headers: Record<string, string>) {
        this.#attempt = attempt;
        this.stream = stream;
        this.endpoint = endpoint;
        this.#headers = headers;
        this.#lastId = attempt.random.integer(100, 900_000);
    }

    /** POSTs any text. Checks nothing. */
    async postText(body: string, headers: Record<string, string> = {}): Promise<Answer> {
        return await this.#attempt.send(this.endpoint, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', ...this.#headers, ...headers },
            body,
            unanswered: diagnoses.postNotAnswered
        });
    }

    /** POSTs a message, and fails unless it is accepted. */
    async post(message: object): Promise<void> {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        const answer = await this.postText(body);
        const received = showAnswer(answer);
        if (hasReply(answer)) throw this.#attempt.failure({ received, ...diagnoses.replyInPost });
        if (!answer.complete)
            throw this.#attempt.timeout({
                received: nothingFor(this.#attempt.limitMs, received),
                ...diagnoses.postNotAnswered
            });
        if (answer.status === 429) throw this.#attempt.failure({ received, ...diagnoses.tooManyRequests });
        if (answer.status !== 202 && this.stream.ended)
            throw this.#attempt.failure({ received, ...diagnoses.streamEnded });
        if (answer.status !== 202) throw this.#attempt.failure({ received, ...diagnosePost(answer.status) });
    }

    /** Sends a notification. */
    async notify(method: string, params?: object): Promise<void> {
        await this.post({ method, ...(params && { params }) });
        this.#lastNotification = this.#attempt.lastSent;
    }

    /** Sends a request and waits for its reply on the stream. By default the id is a fresh number. */
    async request(method: string, params?: object, id: string | number = this.freshId()): Promise<Reply> {
        const before = this.stream.text.length;
        this.#attempt.streams.get(this.stream)?.push(id);
        await this.post({ id, method, ...(params && { params }) });
        return await this.reply(id, before);
    }

    freshId(): number {
        this.#lastId += 1;
        return this.#lastId;
    }

    /**
     * Waits for the reply to the request `id`. Replies to other requests of this session may come before it.
     *
     * @param from position in the text of the stream from which a failure shows it.
     */
    async reply(id: string | number, from = 0): Promise<Reply> {
        const message = await this.#nextReply(id, from);
        if (message.id !== id) throw this.#otherId(id, message);
        if (message.jsonrpc !== '2.0' || 'result' in message === 'error' in message) {
            throw this.#attempt.failure({ received: JSON.stringify(message), ...diagnoses.notJsonRpc });
        }
        this.#answered.add(id);
        return message as unknown as Reply;
    }

    /**
     * Sends a request and waits for a result.
     *
     * @param otherwise what a failure says if the reply is an error.
     */
    async result(method: string, params?: object, otherwise: Partial<FailureDetails> = {}): Promise<Unchecked> {
        const reply = await this.request(method, params);
        if (reply.result === undefined) throw this.#attempt.failure({ received: JSON.stringify(reply), ...otherwise });
        return reply.result;
    }

    /** Waits for a notification of the server; undefined if none matches within the limit. */
    async notification(method: string, limitMs = this.#attempt.limitMs): Promise<Incoming | undefined> {
        const matches = (event: StreamEvent) => parse(event.data)?.method === method;
        const event = await this.stream.next(matches, limitMs);
        return event && (parse(event.data) as unknown as Incoming);
    }

    /** Sends `initialize` and `notifications/initialized`; returns the result. */
    async initialize(capabilities: object = {}): Promise<Unchecked> {
        const result = await this.result('initialize', { ...INTRODUCTION, capabilities });
        await this.notify('notifications/initialized');
        return result;
    }

    close(): void {
        this.stream.close();
    }

    async #nextReply(id: string | number, from: number) {
        const { limitMs } = this.#attempt;
        const event = await this.stream.any(event => this.#concerns(event, id), limitMs);
        const received = showStream(this.#since(from));
        if (event === undefined && this.stream.ended) {
            throw this.#attempt.failure({ received, ...diagnoses.streamEnded });
        }
        if (event === undefined) throw this.#noReply(id, from);
        this.#taken.add(event);
        const message = parse(event.data);
        if (message === undefined) throw this.#attempt.failure({ received, ...diagnoses.notJsonRpc });
        if (event.event !== 'message') throw this.#attempt.failure({ received, ...diagnoses.noReply });
        return message;
    }

    #otherId(id: string | number, message: Record<string, unknown>): CheckFailure {
        const received = JSON.stringify(message);
        const asked = (stream: EventStream) => this.#attempt.streams.get(stream)?.some(other => other === message.id);
        const isOthers = [...this.#attempt.streams.keys()].some(asked) && !asked(this.stream);
        if (isOthers) return this.#attempt.failure({ received, ...diagnoses.othersReply });
        if (this.#answered.has(message.id)) return this.#attempt.failure({ received, ...diagnoses.repliedTwice });
        const sent = this.#lastNotification;
        if (message.id == null) return this.#attempt.failure({ sent, received, ...diagnoses.replyWithoutId });
        const json = JSON.stringify(id);
        const { en, fr } = diagnoses.otherId.expected;
        const expected = { en: `"id":${json}, ${en}`, fr: `"id":${json}, ${fr}` };
        return this.#attempt.failure({ received, ...diagnoses.otherId, expected });
    }

    /** Whether an event is the reply to `id`, or one that should not be there at all. */
    #concerns(event: StreamEvent, id: string | number): boolean {
        if (this.#taken.has(event)) return false;
        const message = parse(event.data);
        if (message === undefined) return event.event === 'message';
        if (!isReply(message)) return false;
        if (message.id === id || this.#answered.has(message.id)) return true;
        return !this.#attempt.streams.get(this.stream)?.some(other => other === message.id);
    }

    #noReply(id: string | number, from: number): CheckFailure {
        const { limitMs, streams } = this.#attempt;
        for (const [stream, asked] of streams) {
            const repliesTo = ({ data }: StreamEvent) => isReply(parse(data) ?? {}) && parse(data)?.id === id;
            if (stream === this.stream || asked.includes(id) || !stream.events.some(repliesTo)) continue;
            return this.#attempt.failure({ received: showStream(stream), ...diagnoses.replyElsewhere });
        }
        const came = this.stream.text.slice(from);
        const { isEventOpen, heldBack } = this.stream;
        const received = nothingFor(limitMs, came === '' ? undefined : showStream(this.#since(from)), isEventOpen);
        const held = heldBack ? diagnoses.streamHeldBack : diagnoses.noReply;
        return this.#attempt.timeout({ received, ...(isEventOpen ? diagnoses.eventNotEnded : held) });
    }

    #since(from: number) {
        const { status, headers, text } = this.stream;
        return { status, headers, text: text.slice(from) };
    }
}

/**
 * Opens a session: GET, and the event `endpoint`.
 *
 * @param headers of GET and of each POST, such as Authorization.
 */
export async function openSession(attempt: Attempt, headers: Record<string, string> = {}): Promise<McpSession> {
    const stream = await attempt.openStream(headers);
    await expectStream(attempt, stream);
    const first = await stream.next(() => true, attempt.limitMs);
    const received = showStream(stream);
    if (first === undefined && stream.ended) throw attempt.failure({ received, ...diagnoses.streamEnded });
    if (first === undefined) {
        const { isEventOpen } = stream;
        const diagnosis = isEventOpen ? diagnoses.eventNotEnded : diagnoses.noEndpoint;
        throw attempt.timeout({ received: nothingFor(attempt.limitMs, received, isEventOpen), ...diagnosis });
    }
    if (first.event !== 'endpoint') {
        const isLate = stream.events.some(({ event }) => event === 'endpoint');
        throw attempt.failure({ received, ...(isLate ? diagnoses.endpointNotFirst : diagnoses.noEndpoint) });
    }
    const endpoint = readEndpoint(first.data, attempt.url);
    if (!endpoint) throw attempt.failure({ received, ...diagnoses.endpointNotAddress });
    return new McpSession(attempt, stream, endpoint, headers);
}

/** Opens a session and initializes it. */
export async function openReady(attempt: Attempt, headers?: Record<string, string>): Promise<McpSession> {
    const session = await openSession(attempt, headers);
    await session.initialize();
    return session;
}

function readEndpoint(data: string, base: URL): URL | undefined {
    if (data === '' || /[\s"{}]/.test(data) || !URL.canParse(data, base.href)) return undefined;
    const endpoint = new URL(data, base);
    return endpoint.origin === base.origin ? endpoint : undefined;
}

/** Fails unless the response is an event stream. */
export async function expectStream(
    attempt: Attempt,
    stream: EventStream,
    clause: Clause = diagnoses.notAStream.clause
): Promise<void> {
    const { status, headers } = stream;
    if (status === 200 && /^text\/event-stream\b/i.test(headers['content-type'] ?? '')) return;
    // The body of a response that is not a stream says what went wrong.
    await stream.until(() => stream.text !== '', attempt.limitMs);
    const received = showAnswer({ status, headers, body: stream.text, complete: true });
    if (status === 429) throw attempt.failure({ received, ...diagnoses.tooManyRequests });
    throw attempt.failure({ received, ...diagnoseGet(status), clause });
}
