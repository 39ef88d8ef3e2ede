import { message } from '../../../i18n/i18n.ts';
import * as say from '../../../i18n/texts.ts';
import { isRequest } from '../../json-rpc.ts';
import { McpSessionError } from '../../mcp-session-error.ts';
import { createAdvice } from '../advice.ts';
import { assertAccepted, createSend, type PostAnswer, type PostOverrides, type Sent, toAnswer } from '../post.ts';
import type { RawSourceOptions } from '../raw-stream.ts';
import { discard, isEventStream } from '../read-body.ts';
import type { Transport, TransportListener, TransportOptions } from '../transport.ts';
import { createStreams, type Live } from './streamable-streams.ts';

export type StreamableTransportOptions = TransportOptions & RawSourceOptions;

/**
 * Streamable HTTP (MCP 2025-11-25, Transports): the response to each POST carries the reply, as JSON or as an event stream.
 * One stream of GET carries what belongs to no request, if the server has one.
 */
export function createStreamableTransport(options: StreamableTransportOptions, listener: TransportListener): Transport {
    const { onFact } = options;
    const url = new URL(options.url);
    const pageOrigin = options.pageOrigin ?? url.origin;
    const advice = createAdvice(url, pageOrigin);
    const sendTo = createSend(options.fetch, advice, onFact);
    let live: Live | undefined;
    const streams = createStreams({ ...options, url }, advice, listener, mine => live === mine);

    const send = async (mine: Live, content: object, overrides: PostOverrides): Promise<Sent> => {
        const { sessionId = mine.sessionId } = overrides;
        return await sendTo({
            url,
            body: JSON.stringify(content),
            headers: { accept: 'application/json, text/event-stream', ...streams.headersOf({ ...mine, sessionId }) },
            overrides,
            signal: mine.abort.signal,
            mayStream: isRequest(content)
        });
    };
    const liveOrThrow = (): Live => {
        if (!live) throw new McpSessionError('not-connected', message(say.error.closed));
        return live;
    };
    /** Reads the answer to a request. */
    const receive = async (mine: Live, content: object, { number, response }: Sent): Promise<void> => {
        if (!isRequest(content)) return discard(response);
        const type = response.headers.get('content-type') ?? '';
        if (isEventStream(response) && response.body) await streams.follow(mine, number, content.id, response.body);
        else if (/^application\/json(;|$)/i.test(type)) {
            const data = await response.text().catch(() => undefined);
            if (live !== mine || data === undefined) return;
            onFact({ kind: 'json', number, data });
            listener.onMessage(data);
        } else {
            discard(response);
            throw new McpSessionError(
                'bad-reply',
                message(say.error.notMcp, { path: url.pathname, type: type || '–' })
            );
        }
    };
    /** What a refusal of the handshake means, besides its status. */
    const explain = (mine: Live, content: object, { status, text }: PostAnswer): void => {
        const refusal = { kind: 'http', status, body: text } as const;
        const isFirst = isRequest(content) && content.method === 'initialize';
        if (isFirst && [400, 404, 405].includes(status)) {
            const endpoint = `${url.pathname} (${status})`;
            throw new McpSessionError('no-streamable', message(say.error.noStreamable, { endpoint }), { refusal });
        }
        // A page can read only the headers that the server exposes to its origin.
        if (!isFirst && status === 400 && mine.sessionId === '' && url.origin !== pageOrigin)
            throw new McpSessionError('post-failed', message(say.error.hiddenSession, { status }), { refusal });
    };
    /** Ends the session at the server. */
    const end = async (mine: Live): Promise<void> => {
        const { response } = await sendTo({ url, headers: streams.headersOf(mine) });
        discard(response);
    };

    return {
        isOpen: () => live !== undefined && !live.isDown,
        sessionId: () => live?.sessionId ?? '',
        setProtocolVersion(version) {
            if (live) live.version = version;
        },
        listen() {
            if (live) void streams.listen(live);
        },
        open() {
            this.close();
            live = {
                endpoint: new URL(url),
                sessionId: '',
                version: '',
                isDown: false,
                abort: new AbortController()
            };
            listener.onEndpoint(live.endpoint, false);
        },
        close(error) {
            const mine = live;
            if (!mine) return;
            live = undefined;
            // The server has already ended the session, or does not accept this browser any more.
            const isOver = error && ['session-replaced', 'unknown-session', 'unauthenticated'].includes(error.code);
            if (mine.sessionId !== '' && !isOver) void end(mine).catch(() => {});
            mine.abort.abort();
            onFact({ kind: 'closed', reason: error ? 'failed' : 'asked', ...(error && { detail: error.code }) });
        },
        async probe(content, as) {
            const mine = liveOrThrow();
            const sent = await send(mine, content, as);
            if (sent.response.ok) await receive(mine, content, sent);
            return await toAnswer(sent.response, advice);
        },
        async post(content, overrides = {}) {
            const mine = liveOrThrow();
            const sent = await send(mine, content, overrides);
            const { response } = sent;
            if (live !== mine) return discard(response);
            mine.sessionId ||= response.headers.get('mcp-session-id') ?? '';
            const answer = await toAnswer(response, advice);
            explain(mine, content, answer);
            assertAccepted(answer, advice);
            await receive(mine, content, sent);
            if (live !== mine || !isRequest(content) || !listener.awaits(content.id)) return;
            throw new McpSessionError('post-failed', message(say.error.replyLost));
        }
    };
}
