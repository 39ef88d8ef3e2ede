import { McpSessionError } from '../../mcp-session-error.ts';
import type { Advice } from '../advice.ts';
import type { RawSourceOptions } from '../raw-stream.ts';
import { discard, isEventStream } from '../read-body.ts';
import { DEFAULT_RETRY_MS, readFrames, toBytes, toRetryMs } from '../read-frames.ts';
import { createSseParser } from '../sse-parser.ts';
import type { TransportListener, TransportOptions } from '../transport.ts';
import type { Headers } from '../wire-fact.ts';

/** One session, from `initialize` to its end. */
export interface Live {
    readonly endpoint: URL;
    /** Empty until the server has named the session, or if it uses none. */
    sessionId: string;
    /** The agreed version of the protocol; empty before. */
    version: string;
    /** Whether the stream of GET broke and is not open again. */
    isDown: boolean;
    readonly abort: AbortController;
}

/** One event stream, across the responses that carry it. */
interface Stream {
    /** The number of the POST that it answers; undefined for the stream of GET. */
    readonly post: number | undefined;
    lastEventId: string;
    retryMs: number;
    /** Whether a GET has opened it. */
    wasOpen: boolean;
    /** Whether it is to be opened again when it has ended. */
    isNeeded(): boolean;
    /** It has ended, and is opened again if `resumes`. `detail` says why it broke, or why a request got no stream. */
    ended(detail: string | undefined, resumes: boolean): void;
}

/** A body to read, or why there is none. */
type Answer = { body: ReadableStream<Uint8Array> } | { detail: string };

type StreamsOptions = Pick<TransportOptions, 'onFact'> & RawSourceOptions & { url: URL };

/** The streams of the sessions of one transport. @param isLive whether a session has not been closed. */
export function createStreams(
    { url, fetch, schedule, onFact }: StreamsOptions,
    advice: Advice,
    listener: TransportListener,
    isLive: (mine: Live) => boolean
) {
    const headersOf = ({ sessionId, version }: Pick<Live, 'sessionId' | 'version'>): Headers => ({
        ...(sessionId && { 'mcp-session-id': sessionId }),
        ...(version && { 'mcp-protocol-version': version })
    });
    const wait = ({ abort: { signal } }: Live, ms: number): Promise<void> =>
        new Promise(resolve => {
            const cancel = schedule(resolve, ms);
            signal.addEventListener('abort', () => {
                cancel();
                resolve();
            });
        });
    /** Returns why the stream broke; undefined if the server ended it. */
    const read = async (mine: Live, stream: Stream, body: ReadableStream<Uint8Array>): Promise<string | undefined> => {
        const parser = createSseParser(stream.lastEventId);
        try {
            await readFrames(body, parser, frame => {
                if (!isLive(mine)) return;
                if (frame.kind === 'retry') stream.retryMs = toRetryMs(frame);
                onFact({ ...frame, ...placeOf(stream) });
                if (frame.kind === 'event' && frame.event === 'message') listener.onMessage(frame.data);
            });
            return undefined;
        } catch (error) {
            return wordsOf(error);
        } finally {
            stream.lastEventId = parser.lastId;
        }
    };
    /** The session works again, with or without a stream of GET. */
    const up = (mine: Live, { post }: Stream): void => {
        if (post !== undefined || !mine.isDown) return;
        mine.isDown = false;
        listener.onEndpoint(mine.endpoint, true);
    };
    const request = async (mine: Live, stream: Stream): Promise<Response | string> => {
        const { post, lastEventId, wasOpen } = stream;
        const resume = lastEventId !== '' && { 'last-event-id': toBytes(lastEventId) };
        const headers = { accept: 'text/event-stream', ...headersOf(mine), ...resume };
        if (post === undefined && !wasOpen && !mine.isDown)
            onFact({ kind: 'connecting', url: url.href, reader: 'raw', headers });
        else onFact({ kind: 'reconnecting', url: url.href, lastEventId, headers, ...placeOf(stream) });
        const { signal } = mine.abort;
        return await fetch(url, { headers, cache: 'no-store', redirect: 'error', signal }).catch(wordsOf);
    };
    /** Requests the stream. Returns undefined if there will be none. */
    const ask = async (mine: Live, stream: Stream): Promise<Answer | undefined> => {
        const { post, lastEventId } = stream;
        const response = await request(mine, stream);
        if (typeof response === 'string') return { detail: response };
        const { status, statusText, body } = response;
        const place = placeOf(stream);
        const headers = Object.fromEntries(response.headers);
        if (isLive(mine) && response.ok && isEventStream(response) && body) {
            onFact({ kind: 'opened', lastEventId, headers, ...place });
            if (lastEventId !== '') onFact({ kind: 'resumed', ...place });
            stream.wasOpen = true;
            up(mine, stream);
            return { body };
        }
        discard(response);
        if (!isLive(mine)) return undefined;
        const detail = `${status} ${statusText}`.trim();
        if (status === 429 || status >= 500) return { detail };
        // The server cannot replay what was missed. The stream begins anew.
        if (post === undefined && lastEventId !== '' && (status === 400 || status === 204)) {
            stream.lastEventId = '';
            return { detail };
        }
        onFact({ kind: 'declined', status, statusText, headers, ...place });
        // Some servers without a stream of GET answer 404, as if they did not know the session.
        const isGone = status === 404 && mine.sessionId !== '' && (post !== undefined || stream.wasOpen);
        if (isGone) listener.onGone();
        else if (status === 401) listener.onRefused(new McpSessionError('unauthenticated', advice.unauthenticated()));
        else up(mine, stream);
        return undefined;
    };
    /** Reads the stream, and opens it again as long as it is needed. */
    const run = async (mine: Live, stream: Stream, first: Answer | undefined): Promise<void> => {
        let answer = first;
        while (answer && isLive(mine)) {
            const detail = 'body' in answer ? await read(mine, stream, answer.body) : answer.detail;
            if (!isLive(mine)) return;
            const resumes = stream.isNeeded();
            stream.ended(detail, resumes);
            if (!resumes) return;
            await wait(mine, stream.retryMs);
            if (!isLive(mine)) return;
            answer = await ask(mine, stream);
        }
    };

    return {
        headersOf,
        /** Opens the stream for messages that belong to no request. */
        async listen(mine: Live): Promise<void> {
            const stream = create(undefined, {
                isNeeded: () => true,
                ended(detail) {
                    mine.isDown = true;
                    onFact({ kind: 'dropped', ...(detail && { detail }) });
                    listener.onLost();
                }
            });
            await run(mine, stream, await ask(mine, stream));
        },
        /** Reads the response to a POST, and resumes it until the reply has arrived. */
        async follow(mine: Live, number: number, id: string | number, body: ReadableStream<Uint8Array>): Promise<void> {
            const stream = create(number, {
                // Without an event id, there is nothing to resume from.
                isNeeded: () => stream.lastEventId !== '' && listener.awaits(id),
                ended: (detail, resumes) =>
                    onFact({ kind: 'ended', number, ...(detail && { detail }), ...(resumes && { resumes }) })
            });
            await run(mine, stream, { body });
        }
    };
}

function create(post: number | undefined, role: Pick<Stream, 'isNeeded' | 'ended'>): Stream {
    return { post, lastEventId: '', retryMs: DEFAULT_RETRY_MS, wasOpen: false, ...role };
}

/** The member of a fact that says to which response it belongs. */
function placeOf({ post }: Stream): { post?: number } {
    return post === undefined ? {} : { post };
}

function wordsOf(error: unknown): string {
    return (error instanceof Error && error.message) || 'network error';
}
