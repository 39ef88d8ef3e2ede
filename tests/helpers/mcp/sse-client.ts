import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { type HttpAnswer, send } from '../net/send.ts';
import { type EventTap, type Reply, tapEvents } from './event-tap.ts';

/** A tap on the stream of a session of HTTP+SSE. */
export interface RawStream extends EventTap, AsyncDisposable {
    status: number;
    headers: IncomingHttpHeaders;
    /** The URL of the endpoint event. */
    endpoint: URL;
    sessionId: string;
    /** Posts a message to the endpoint, with JSON headers unless others are given. */
    post(message: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
    /** Posts a request and waits for the reply of that id on the stream. */
    request(id: string | number, method: string, params?: object): Promise<Reply>;
    /** Shakes hands as a client of the newest revision with sessions. */
    initialize(): Promise<Reply>;
    /** Opens a stream that continues this one. */
    resume(headers?: Record<string, string>): Promise<RawStream>;
}

/** Opens a stream and waits for its endpoint event. Rejects with the status if it is not 200. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<RawStream> {
    const answer = await getEvents(url, headers);
    const tap = tapEvents(answer);
    const first = await tap.find(frame => frame.kind === 'event');
    const endpoint = new URL(first.kind === 'event' ? first.data : '', url);
    const post: RawStream['post'] = (message, postHeaders = { 'Content-Type': 'application/json' }) =>
        send(endpoint, { method: 'POST', headers: postHeaders, body: JSON.stringify(message) });
    const ask: RawStream['request'] = async (id, method, params) => {
        const accepted = await post({ jsonrpc: '2.0', id, method, ...(params && { params }) });
        if (accepted.status !== 202) throw new Error(`POST answered ${accepted.status}: ${accepted.body}`);
        return tap.findReply(id);
    };
    return Object.assign(tap, {
        status: answer.statusCode ?? 0,
        headers: answer.headers,
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
        resume: (resumeHeaders: Record<string, string> = {}) =>
            openStream(url, { ...headers, ...resumeHeaders, 'Last-Event-ID': tap.lastEventId }),
        async [Symbol.asyncDispose]() {
            tap.cut();
            await tap.ended;
        }
    });
}

/** Asks for an event stream. Rejects with the status if it is not 200. */
function getEvents(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
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
