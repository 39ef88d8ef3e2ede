import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { McpSessionError } from '../mcp-session-error.ts';
import { createAdvice, looksStreamable } from './advice.ts';
import { assertAccepted, createSend, type PostAnswer, type PostOverrides, toAnswer } from './post.ts';
import { discard } from './read-body.ts';
import { sessionIdOf } from './session-id.ts';
import { CLOSED, type EventSourceLike, OPEN, type StreamEvent, type StreamSource } from './stream-source.ts';
import type { Transport, TransportListener, TransportOptions } from './transport.ts';
import type { CloseReason } from './wire-fact.ts';

export interface SseTransportOptions extends TransportOptions {
    source: StreamSource;
    /**
     * How long the stream of a new session may take to send its endpoint, in milliseconds.
     * @default 10_000
     */
    endpointLimitMs?: number;
}

/** HTTP+SSE: one stream to receive messages, one POST for each message to send. */
export function createSseTransport(options: SseTransportOptions, listener: TransportListener): Transport {
    const { source, onFact, endpointLimitMs = 10_000 } = options;
    const streamUrl = new URL(options.url);
    const advice = createAdvice(streamUrl, options.pageOrigin ?? streamUrl.origin);
    const sendTo = createSend(options.fetch, advice, onFact);
    let stream: EventSourceLike | undefined;
    let endpoint: URL | undefined;
    let lastEventId = '';
    // The progress of the stream since it was last opened.
    let stage: 'opening' | 'opened' | 'named' = 'opening';
    // Whether the browser requested the stream again without a word.
    let isHidden = false;
    let endpointTimer: ReturnType<typeof setTimeout> | undefined;

    const received = ({ type, lastEventId: id, data, raw }: StreamEvent): string => {
        lastEventId = id;
        onFact({ kind: 'event', event: type, id, data: String(data), ...(raw !== undefined && { raw }) });
        return String(data);
    };
    const close = (reason: CloseReason, detail?: string): void => {
        if (!stream) return;
        stream.close();
        clearTimeout(endpointTimer);
        stream = undefined;
        endpoint = undefined;
        lastEventId = '';
        onFact({ kind: 'closed', reason, ...(detail && { detail }) });
    };

    const onOpen = (event: StreamEvent): void => {
        // An event that the server names `open` also reaches the listener for `open`.
        if (stage !== 'opening') return void received(event);
        stage = 'opened';
        if (isHidden) onFact({ kind: 'reconnecting', url: streamUrl.href, lastEventId, late: true });
        isHidden = false;
        onFact({ kind: 'opened', lastEventId, ...(event.headers && { headers: event.headers }) });
        // A server that keeps its sessions elsewhere may have to wait for them before it can resume one.
        if (endpoint) return;
        endpointTimer = setTimeout(() => {
            close('failed', 'no-endpoint');
            const seconds = endpointLimitMs / 1000;
            listener.onRefused(new McpSessionError('no-endpoint', message(say.error.noEndpoint, { seconds })));
        }, endpointLimitMs);
    };
    const onEndpoint = (event: StreamEvent): void => {
        const data = received(event);
        // The specification allows one endpoint event, at the beginning.
        if (stage === 'named') return;
        stage = 'named';
        clearTimeout(endpointTimer);
        const named = URL.canParse(data, streamUrl) ? new URL(data, streamUrl) : undefined;
        // Messages of the page, and its cookie, must only go to the server of the stream.
        if (named?.origin !== streamUrl.origin) {
            const { origin } = streamUrl;
            close('bad-endpoint', data);
            const text = message(say.error.badEndpoint, { endpoint: data, origin });
            listener.onRefused(new McpSessionError('bad-endpoint', text));
            return;
        }
        const resumed = named.href === endpoint?.href;
        if (endpoint) onFact({ kind: resumed ? 'resumed' : 'replaced' });
        endpoint = named;
        listener.onEndpoint(named, resumed);
    };
    const onError = (opened: EventSourceLike, { data }: StreamEvent): void => {
        // An event that the server names `error` also reaches the listener for `error`.
        if (opened.readyState === OPEN) return;
        const detail = typeof data === 'string' ? data : '';
        if (opened.readyState !== CLOSED) {
            stage = 'opening';
            clearTimeout(endpointTimer);
            isHidden = source.reader === 'native';
            onFact({ kind: 'dropped', ...(detail && { detail }) });
            listener.onLost();
            return;
        }
        close('refused', detail);
        const code = looksStreamable(streamUrl, detail) ? 'looks-streamable' : 'not-connected';
        listener.onRefused(new McpSessionError(code, advice.noStream(detail)));
    };

    const send = async (content: object, overrides: PostOverrides): Promise<PostAnswer> => {
        if (!endpoint) throw new McpSessionError('not-connected', message(say.error.closed));
        const url = new URL(endpoint);
        if (overrides.sessionId !== undefined) url.searchParams.set('sessionId', overrides.sessionId);
        const { response } = await sendTo({ url, body: JSON.stringify(content), overrides });
        if (response.ok) discard(response);
        return await toAnswer(response, advice);
    };

    return {
        close: error => close(error ? 'failed' : 'asked', error?.code),
        sessionId: () => (endpoint ? sessionIdOf(endpoint) : ''),
        isOpen: () => stream?.readyState === OPEN,
        open() {
            close('asked');
            onFact({ kind: 'connecting', url: streamUrl.href, reader: source.reader });
            const opened = source.open(streamUrl.href, frame => onFact(frame));
            stream = opened;
            stage = 'opening';
            isHidden = false;
            opened.addEventListener('open', onOpen);
            opened.addEventListener('endpoint', onEndpoint);
            opened.addEventListener('message', event => listener.onMessage(received(event)));
            opened.addEventListener('error', event => onError(opened, event));
        },
        probe: send,
        async post(content, overrides = {}) {
            assertAccepted(await send(content, overrides), advice);
        }
    };
}
