import { createParser } from 'eventsource-parser';
import type { Recorder } from '../judge/record.ts';

/** What a client and its tap know of each other. */
export interface TapOptions {
    recorder: Recorder;
    /** The name of the client in the record. */
    client: string;
    /** Whether the client is closing, so that what breaks is not a failure. */
    isClosing(): boolean;
}

interface Exchange {
    url: URL;
    method: string;
    session: string;
    /** The call that is posted. */
    call: { id: string | number; number: number } | undefined;
    /** Whether it is the stream that every session has. */
    isStanding: boolean;
    lastEventId: string;
}

/** A fetch that writes down all that goes over the wire, and changes nothing. */
export function createTapFetch(options: TapOptions): typeof fetch {
    const { recorder, client, isClosing } = options;
    let sseSession = '';
    return async (input, init = {}) => {
        const exchange = toExchange(new URL(String(input)), init, sseSession);
        const { session, call, isStanding, method, url } = exchange;
        const broke = () => {
            if (isClosing()) return;
            if (call) recorder.add({ kind: 'broken', what: `${client} call ${call.id}`, session });
            if (isStanding) recorder.add({ kind: 'broken', what: `${client} stream`, session });
        };
        if (call) recorder.add({ kind: 'posted', session, ...call });
        let response: Response;
        try {
            response = await fetch(input, init);
        } catch (error) {
            if (!init.signal?.aborted) broke();
            throw error;
        }
        const { status } = response;
        const resumes = exchange.lastEventId !== '';
        recorder.add({ kind: 'status', path: url.pathname, method, session, status, resumes });
        if (status === 404 && session !== '') recorder.add({ kind: 'session-ended', session });
        if (call && (status === 200 || status === 202)) recorder.add({ kind: 'accepted', session, id: call.id });
        if (call && status > 404 && status < 503) broke();
        const type = response.headers.get('content-type') ?? '';
        if (status !== 200 || !response.body) return response;
        if (type.startsWith('application/json') && call) {
            const text = await response.text();
            takeMessage(options, session, text, undefined);
            return new Response(text, response);
        }
        if (!type.startsWith('text/event-stream')) return response;
        // A resumed stream of /mcp may have nothing to send. Over HTTP+SSE the endpoint event names the session.
        if (isStanding && session !== '' && url.pathname !== '/sse') {
            recorder.add({ kind: 'back', what: `${client} stream`, session });
        }
        const tap = createStreamTap(options, exchange, changed => {
            if (url.pathname !== '/sse') return;
            if (sseSession !== '' && sseSession !== changed) {
                recorder.add({ kind: 'session-ended', session: sseSession });
            }
            sseSession = changed;
        });
        const isPending = () => (isStanding ? true : tap.isPending());
        return new Response(
            watchBody(response.body, tap.feed, () => isPending() && broke()),
            response
        );
    };
}

function toExchange(url: URL, init: RequestInit, sseSession: string): Exchange {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const named = headers.get('mcp-session-id') ?? url.searchParams.get('sessionId');
    const session = named ?? (url.pathname === '/sse' ? sseSession : '');
    const message = method === 'POST' && typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const isCall = message?.method === 'tools/call' && message.id !== undefined;
    const number = Number(/\d+$/.exec(message?.params?.arguments?.message ?? '')?.[0]);
    const lastEventId = headers.get('last-event-id') ?? '';
    const [, stream = '0'] = lastEventId.split(':');
    return {
        url,
        method,
        session,
        call: isCall ? { id: message.id, number } : undefined,
        isStanding: method === 'GET' && (url.pathname === '/sse' || stream === '0' || stream === ''),
        lastEventId
    };
}

function createStreamTap(options: TapOptions, exchange: Exchange, onEndpoint: (session: string) => void) {
    const { recorder, client } = options;
    let { session } = exchange;
    let isPending = exchange.call !== undefined;
    const begin = (eventId: string | undefined) => {
        if (eventId) recorder.add({ kind: 'begins', session, eventId });
    };
    begin(exchange.lastEventId);
    const decoder = new TextDecoder();
    const parser = createParser({
        onRetry: ms => recorder.add({ kind: 'retry', ms }),
        onEvent({ event, id, data }) {
            if (event === 'endpoint') {
                session = /[?&]sessionId=([^&]+)/.exec(data)?.[1] ?? '';
                onEndpoint(session);
            }
            // A stream of /mcp may begin with an event that has an id and no data.
            if (event === 'endpoint' || data === '') begin(id);
            else {
                if (id !== undefined) recorder.add({ kind: 'event', session, eventId: id });
                const repliedTo = takeMessage(options, session, data, id);
                if (repliedTo !== undefined && repliedTo === exchange.call?.id) isPending = false;
            }
            if (event === 'endpoint') recorder.add({ kind: 'back', what: `${client} stream`, session });
        }
    });
    return {
        feed: (bytes: Uint8Array) => parser.feed(decoder.decode(bytes, { stream: true })),
        isPending: () => isPending
    };
}

/** Writes down a reply. Returns the id of its request. */
function takeMessage({ recorder, client }: TapOptions, session: string, json: string, eventId: string | undefined) {
    const { id, method, result } = JSON.parse(json);
    if (method !== undefined || id === undefined) return undefined;
    // Replies to other requests than calls have no number and are not judged.
    const text = JSON.parse(json).error ? undefined : result?.content?.[0]?.text;
    if (text === undefined && result) return undefined;
    const digits = /chaos (\d+)/.exec(text ?? '')?.[1];
    const number = digits === undefined ? undefined : Number(digits);
    recorder.add({ kind: 'reply', session, id, number, eventId, content: text ?? json });
    recorder.add({ kind: 'back', what: `${client} call ${id}`, session });
    return id as string | number;
}

function watchBody(body: ReadableStream<Uint8Array>, feed: (bytes: Uint8Array) => void, ended: () => void) {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                const { done, value } = await reader.read();
                if (done) {
                    ended();
                    return controller.close();
                }
                feed(value);
                controller.enqueue(value);
            } catch (error) {
                ended();
                controller.error(error);
            }
        },
        cancel: reason => reader.cancel(reason)
    });
}
