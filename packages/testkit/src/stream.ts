import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { createParser } from 'eventsource-parser';
import { type HttpAnswer, send } from './send.ts';

/** One thing that came down the stream, in the order of the wire. */
export type Frame =
    | { kind: 'event'; event: string; id: string | undefined; data: string }
    | { kind: 'comment'; text: string }
    | { kind: 'retry'; ms: number };

/** A JSON-RPC message as it was on the wire. */
export interface Reply {
    jsonrpc: string;
    id?: string | number | null;
    method?: string;
    params?: Record<string, unknown>;
    result?: Record<string, unknown>;
    error?: { code: number; message: string };
}

/** A tap on one event stream: sees what an EventSource would hide, and can break off at any byte. */
export interface RawStream extends AsyncDisposable {
    status: number;
    headers: IncomingHttpHeaders;
    /** All frames until now. */
    frames: readonly Frame[];
    /** The URL of the endpoint event. */
    endpoint: URL;
    sessionId: string;
    /** Posts a message to the endpoint, with JSON headers unless others are given. */
    post(message: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
    /** Posts a request and waits for the reply of that id on the stream. */
    request(id: string | number, method: string, params?: object): Promise<Reply>;
    /** Shakes hands as a client of the newest revision with sessions. */
    initialize(): Promise<Reply>;
    /** Waits for the first frame, past or to come, that fits. Rejects when the stream ends without one. */
    find(fits: (frame: Frame) => boolean): Promise<Frame>;
    /** The JSON-RPC messages until now. */
    messages(): Reply[];
    /** Settles when the stream has ended, however it did. */
    ended: Promise<void>;
    /** Destroys the connection, as a network would. */
    cut(): void;
    /** Stops reading from the socket, so that what is sent piles up. */
    pause(): void;
    /** Reads on. */
    unpause(): void;
    /** The id of the last event, as an EventSource would send it when it reconnects. */
    readonly lastEventId: string;
    /** Opens a stream that continues this one. */
    resume(headers?: Record<string, string>): Promise<RawStream>;
}

/** Opens a stream and waits for its endpoint event. Rejects with the status if it is not 200. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<RawStream> {
    const answer = await get(url, headers);
    const frames: Frame[] = [];
    const waiting = new Set<() => void>();
    let over = false;
    const settle = () => {
        for (const check of waiting) check();
    };
    const take = (frame: Frame) => {
        frames.push(frame);
        settle();
    };
    const parser = createParser({
        onEvent: ({ event = 'message', id, data }) => take({ kind: 'event', event, id, data }),
        onComment: text => take({ kind: 'comment', text }),
        onRetry: ms => take({ kind: 'retry', ms })
    });
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => parser.feed(chunk));
    answer.on('error', () => {});
    const ended = new Promise<void>(resolve => {
        answer.on('close', () => {
            over = true;
            settle();
            resolve();
        });
    });

    const find = (fits: (frame: Frame) => boolean) =>
        new Promise<Frame>((resolve, reject) => {
            const check = () => {
                const found = frames.find(fits);
                if (!found && !over) return;
                waiting.delete(check);
                if (found) resolve(found);
                else reject(new Error(`the stream ended without the frame; it had ${JSON.stringify(frames)}`));
            };
            waiting.add(check);
            check();
        });
    const messages = () => frames.flatMap(frame => (isMessage(frame) ? [JSON.parse(frame.data) as Reply] : []));

    const first = await find(frame => frame.kind === 'event');
    const endpoint = new URL(first.kind === 'event' ? first.data : '', url);
    const post: RawStream['post'] = (message, postHeaders = { 'Content-Type': 'application/json' }) =>
        send(endpoint, { method: 'POST', headers: postHeaders, body: JSON.stringify(message) });
    const ask: RawStream['request'] = async (id, method, params) => {
        const accepted = await post({ jsonrpc: '2.0', id, method, ...(params && { params }) });
        if (accepted.status !== 202) throw new Error(`POST answered ${accepted.status}: ${accepted.body}`);
        const frame = await find(frame => isMessage(frame) && JSON.parse(frame.data).id === id);
        return JSON.parse(frame.kind === 'event' ? frame.data : 'null');
    };
    const lastEventId = () => frames.findLast(isEvent)?.id ?? '';
    const cut = () => answer.destroy();
    return {
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        frames,
        endpoint,
        sessionId: endpoint.searchParams.get('sessionId') ?? '',
        post,
        request: ask,
        async initialize() {
            const clientInfo = { name: 'raw tap', version: '1' };
            const reply = await ask('initialize', 'initialize', {
                protocolVersion: '2025-11-25',
                capabilities: {},
                clientInfo
            });
            await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
            return reply;
        },
        find,
        messages,
        ended,
        cut,
        pause: () => void answer.pause(),
        unpause: () => void answer.resume(),
        get lastEventId() {
            return lastEventId();
        },
        resume: (resumeHeaders = {}) =>
            openStream(url, { ...headers, ...resumeHeaders, 'Last-Event-ID': lastEventId() }),
        async [Symbol.asyncDispose]() {
            cut();
            await ended;
        }
    };
}

function isEvent(frame: Frame): frame is Frame & { kind: 'event' } {
    return frame.kind === 'event';
}

function isMessage(frame: Frame): frame is Frame & { kind: 'event' } {
    return frame.kind === 'event' && frame.event === 'message';
}

function get(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
        const outgoing = request(
            url,
            { headers: { Accept: 'text/event-stream', ...headers }, agent: false },
            answer => {
                if (answer.statusCode === 200) return resolve(answer);
                answer.destroy();
                reject(new Error(`GET ${url} answered ${answer.statusCode}`));
            }
        );
        outgoing.on('error', reject);
        outgoing.end();
    });
}
