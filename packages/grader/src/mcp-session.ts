import { type Attempt, nothingFor } from './attempt.ts';
import type { CheckFailure, FailureDetails } from './check.ts';
import { diagnoses } from './diagnoses.ts';
import type { EventStream, StreamEvent } from './wire/event-stream.ts';
import type { Answer } from './wire/request.ts';
import { showAnswer, showStream } from './wire/show.ts';

/** The revision that first described HTTP+SSE; every server of the lessons knows it. */
export const PROTOCOL_VERSION = '2024-11-05';

export interface RpcError {
    code: number;
    message: string;
    data?: unknown;
}

/** A reply as it came; checks look at what they need of the result. */
export interface Reply {
    jsonrpc: '2.0';
    id: string | number | null;
    // biome-ignore lint/suspicious/noExplicitAny: the result of an unknown server has any shape
    result?: any;
    error?: RpcError;
}

/** A notification or request that the server sent by itself. */
export interface Incoming {
    method: string;
    // biome-ignore lint/suspicious/noExplicitAny: the params of an unknown server have any shape
    params?: any;
}

/** A session of HTTP+SSE that a check holds, and whose every fault is a failure with a diagnosis. */
export class McpSession {
    readonly stream: EventStream;
    /** Where to POST. */
    readonly endpoint: URL;
    readonly #attempt: Attempt;
    readonly #headers: Record<string, string>;
    readonly #sent = new Set<unknown>();
    readonly #answered = new Set<unknown>();
    #lastId: number;

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
            body
        });
    }

    /** POSTs a message, and fails unless it is accepted. */
    async post(message: object): Promise<void> {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        const answer = await this.postText(body);
        const received = showAnswer(answer);
        if (!answer.complete) throw this.#attempt.timeout({ received, ...diagnoses.postNotAnswered });
        if (hasReply(answer.body)) throw this.#attempt.failure({ received, ...diagnoses.replyInPost });
        if (answer.status !== 202 && this.stream.ended)
            throw this.#attempt.failure({ received, ...diagnoses.streamEnded });
        if (answer.status !== 202) throw this.#attempt.failure({ received, ...diagnoses.notAccepted });
    }

    /** Sends a notification. */
    async notify(method: string, params?: object): Promise<void> {
        await this.post({ method, ...(params && { params }) });
    }

    /** Sends a request and waits for its reply on the stream. By default the id is a fresh number. */
    async request(method: string, params?: object, id: string | number = this.freshId()): Promise<Reply> {
        const before = this.stream.text.length;
        this.#sent.add(id);
        this.#attempt.sentIds.add(id);
        await this.post({ id, method, ...(params && { params }) });
        return await this.reply(id, before);
    }

    freshId(): number {
        this.#lastId += 1;
        return this.#lastId;
    }

    /**
     * Waits for the reply to the request `id`.
     *
     * @param from position in the text of the stream from which a failure shows it.
     */
    async reply(id: string | number, from = 0): Promise<Reply> {
        const message = await this.#nextMessage(message => 'result' in message || 'error' in message, from);
        if (message.id !== id) throw this.#otherId(id, message);
        if (message.jsonrpc !== '2.0') {
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
    // biome-ignore lint/suspicious/noExplicitAny: the result of an unknown server has any shape
    async result(method: string, params?: object, otherwise: Partial<FailureDetails> = {}): Promise<any> {
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
    // biome-ignore lint/suspicious/noExplicitAny: the result of an unknown server has any shape
    async initialize(capabilities: object = {}): Promise<any> {
        const clientInfo = { name: 'lesson-check', version: '1.0.0' };
        const result = await this.result('initialize', { protocolVersion: PROTOCOL_VERSION, capabilities, clientInfo });
        await this.notify('notifications/initialized');
        return result;
    }

    close(): void {
        this.stream.close();
    }

    async #nextMessage(matches: (message: Record<string, unknown>) => boolean, from: number) {
        let broken = false;
        const event = await this.stream.next(({ data, event }) => {
            const message = parse(data);
            broken = message === undefined && event === 'message';
            return broken || (message !== undefined && matches(message));
        }, this.#attempt.limitMs);
        const message = event && parse(event.data);
        const received = () => showStream(this.#since(from));
        if (broken) throw this.#attempt.failure({ received: received(), ...diagnoses.notJsonRpc });
        if (message === undefined && this.stream.ended)
            throw this.#attempt.failure({ received: received(), ...diagnoses.streamEnded });
        if (message === undefined || event === undefined) throw this.#noReply(from);
        if (event.event !== 'message') throw this.#attempt.failure({ received: received(), ...diagnoses.noReply });
        return message;
    }

    #otherId(id: string | number, message: Record<string, unknown>): CheckFailure {
        const received = JSON.stringify(message);
        const isOthers = this.#attempt.sentIds.has(message.id) && !this.#sent.has(message.id);
        if (isOthers) return this.#attempt.failure({ received, ...diagnoses.othersReply });
        if (this.#answered.has(message.id)) return this.#attempt.failure({ received, ...diagnoses.repliedTwice });
        const json = JSON.stringify(id);
        const { en, fr } = diagnoses.otherId.expected;
        const expected = { en: `"id":${json}, ${en}`, fr: `"id":${json}, ${fr}` };
        return this.#attempt.failure({ received, ...diagnoses.otherId, expected });
    }

    #noReply(from: number): CheckFailure {
        const { limitMs } = this.#attempt;
        const came = this.stream.text.slice(from);
        const received = came === '' ? nothingFor(limitMs) : nothingFor(limitMs, showStream(this.#since(from)));
        return this.#attempt.timeout({ received, ...diagnoses.noReply });
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
    const isStream = stream.headers['content-type']?.startsWith('text/event-stream');
    if (stream.status !== 200 || !isStream) {
        // The body says why.
        await stream.until(() => stream.text !== '', attempt.limitMs);
        const answer = { status: stream.status, headers: stream.headers, body: stream.text, complete: true };
        throw attempt.failure({ received: showAnswer(answer), ...diagnoses.notAStream });
    }
    const first = await stream.next(() => true, attempt.limitMs);
    const received = showStream(stream);
    if (first === undefined && stream.ended) throw attempt.failure({ received, ...diagnoses.streamEnded });
    if (first === undefined)
        throw attempt.timeout({ received: nothingFor(attempt.limitMs, received), ...diagnoses.noEndpoint });
    if (first.event !== 'endpoint') {
        const isLate = stream.events.some(({ event }) => event === 'endpoint');
        throw attempt.failure({ received, ...(isLate ? diagnoses.endpointNotFirst : diagnoses.noEndpoint) });
    }
    const endpoint = readEndpoint(first.data, attempt.url);
    if (!endpoint) throw attempt.failure({ received, ...diagnoses.endpointNotAddress });
    return new McpSession(attempt, stream, endpoint, headers);
}

function readEndpoint(data: string, base: URL): URL | undefined {
    if (data === '' || /[\s"{}]/.test(data) || !URL.canParse(data, base.href)) return undefined;
    const endpoint = new URL(data, base);
    return endpoint.origin === base.origin ? endpoint : undefined;
}

function parse(data: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(data);
        return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
    } catch {
        return undefined;
    }
}

function hasReply(body: string): boolean {
    const message = parse(body.replace(/^(?:event: .*\n)?data: /, ''));
    return message !== undefined && message.jsonrpc === '2.0' && 'result' in message;
}
