import type { Frame } from './frame.ts';
import { errorMessage } from './json-rpc.ts';
import { McpSessionError } from './mcp-session-error.ts';

/** The part of the browser's `EventSource` that the transport uses. */
export interface EventStream {
    readonly readyState: number;
    addEventListener(type: string, listener: (event: MessageEvent) => void): void;
    close(): void;
}

/** What the transport reaches the world with. */
export interface TransportOptions {
    /** The absolute address of the event stream. */
    url: string;
    EventSource: new (url: string) => EventStream;
    fetch: typeof globalThis.fetch;
    /** Told about each frame, in the order of time. */
    onFrame(frame: Frame): void;
}

export interface TransportListener {
    /** The stream is open and has named where to POST; `resumed` if it is the same place as before. */
    onEndpoint(endpoint: URL, resumed: boolean): void;
    onMessage(data: string): void;
    /** The stream broke; EventSource tries again by itself. */
    onLost(): void;
    /** The stream cannot be used and was given up. */
    onRefused(error: McpSessionError): void;
}

/** HTTP+SSE seen from the client: one stream to hear by, one POST for each message to say. */
export interface Transport {
    open(): void;
    close(): void;
    isOpen(): boolean;
    /** @throws {McpSessionError} `not-connected`, or `unauthenticated` or `post-failed` if it was not accepted. */
    post(message: object): Promise<void>;
}

// The values of EventSource.readyState: https://html.spec.whatwg.org/multipage/server-sent-events.html
const OPEN = 1;
const CLOSED = 2;

export function createTransport(options: TransportOptions, listener: TransportListener): Transport {
    // Taken out of the object: browsers refuse a `fetch` that is called as somebody's method.
    const { fetch, onFrame } = options;
    const streamUrl = new URL(options.url);
    let stream: EventStream | undefined;
    let endpoint: URL | undefined;
    let lastEventId = '';

    const received = (event: MessageEvent): string => {
        lastEventId = event.lastEventId;
        const data = String(event.data);
        onFrame({ direction: 'received', time: new Date(), event: event.type, id: lastEventId, data });
        return data;
    };
    const sent = (method: 'GET' | 'POST', url: URL, data: string, status: Promise<string>): void => {
        onFrame({ direction: 'sent', time: new Date(), method, path: url.pathname + url.search, data, status });
    };
    const streamAnswered = (status: string): void => {
        sent('GET', streamUrl, lastEventId && `Last-Event-ID: ${lastEventId}`, Promise.resolve(status));
    };
    const close = (): void => {
        stream?.close();
        stream = undefined;
        endpoint = undefined;
        lastEventId = '';
    };
    const refuse = (error: McpSessionError): void => {
        close();
        listener.onRefused(error);
    };

    const onEndpoint = (event: MessageEvent): void => {
        const data = received(event);
        const named = URL.canParse(data, streamUrl) ? new URL(data, streamUrl) : undefined;
        // Whatever the page sends, and its cookie, is for the server it was loaded from.
        if (named?.origin !== streamUrl.origin) {
            refuse(
                new McpSessionError('bad-endpoint', `refused the endpoint ${data}: it must be at ${streamUrl.origin}`)
            );
            return;
        }
        const resumed = named.href === endpoint?.href;
        endpoint = named;
        listener.onEndpoint(named, resumed);
    };
    const onError = (opened: EventStream): void => {
        if (opened.readyState !== CLOSED) {
            listener.onLost();
            return;
        }
        streamAnswered('refused');
        const message = `${streamUrl.pathname} did not answer with an event stream; see that the server runs and lets you in`;
        refuse(new McpSessionError('not-connected', message));
    };

    return {
        close,
        isOpen: () => stream?.readyState === OPEN,
        open() {
            close();
            const opened = new options.EventSource(streamUrl.href);
            stream = opened;
            opened.addEventListener('open', () => streamAnswered('200'));
            opened.addEventListener('endpoint', onEndpoint);
            opened.addEventListener('message', event => listener.onMessage(received(event)));
            opened.addEventListener('error', () => onError(opened));
        },
        async post(message) {
            if (!endpoint)
                throw new McpSessionError('not-connected', 'there is no session; press Connect and try again');
            const body = JSON.stringify(message);
            const answer = fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
            const status = answer.then(
                ({ status, statusText }) => `${status} ${statusText}`.trim(),
                () => 'failed'
            );
            sent('POST', endpoint, body, status);
            await assertAccepted(answer);
        }
    };
}

async function assertAccepted(answer: Promise<Response>): Promise<void> {
    let response: Response;
    let text: string;
    try {
        response = await answer;
        text = await response.text();
    } catch (cause) {
        throw new McpSessionError('post-failed', 'the POST did not reach the server; see that it runs', { cause });
    }
    if (response.ok) return;
    if (response.status === 401) {
        throw new McpSessionError('unauthenticated', 'the server does not know this browser; sign in and call again');
    }
    const reason = errorMessage(text);
    const status = `${response.status}${reason === undefined ? '' : `: ${reason}`}`;
    throw new McpSessionError('post-failed', `the POST was answered with ${status}`);
}
