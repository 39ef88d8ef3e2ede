import { isRecord } from '../../../src/mcp/json-rpc.ts';
import { createMcpSession, type McpSession, type SessionState } from '../../../src/mcp/session/mcp-session.ts';
import {
    createNativeSource,
    type EventSourceLike,
    type StreamEvent
} from '../../../src/mcp/transport/stream-source.ts';
import type { WireFact } from '../../../src/mcp/transport/wire-fact.ts';

export const ORIGIN = 'http://calculator.test';

export type SentMessage = Record<string, unknown> & { id?: number; method?: string };

/** The server side of a stream that the session opened. */
export class FakeStream implements EventSourceLike {
    readyState = 0;
    readonly url: string;
    readonly #listeners = new Map<string, (event: StreamEvent) => void>();

    constructor(url: string) {
        this.url = url;
    }

    addEventListener(type: string, listener: (event: StreamEvent) => void): void {
        this.#listeners.set(type, listener);
    }

    close(): void {
        this.readyState = 2;
    }

    emit(type: string, data = '', lastEventId = ''): void {
        if (this.readyState === 2) return;
        this.#listeners.get(type)?.(new MessageEvent(type, { data, lastEventId }));
    }

    /** Opens the stream, or opens it again after `lose`, and sends the endpoint. */
    open(endpoint: string): void {
        this.readyState = 1;
        this.emit('open');
        this.emit('endpoint', endpoint, 'event-1');
    }

    reply(id: unknown, result: unknown): void {
        this.emit('message', JSON.stringify({ jsonrpc: '2.0', id, result }));
    }

    /** Behaves like EventSource when the connection breaks: it tries again. */
    lose(): void {
        this.readyState = 0;
        this.emit('error');
    }

    /** Behaves like EventSource when the answer is not an event stream: it closes. */
    refuse(): void {
        // Set without close(), because the event must still arrive.
        this.readyState = 2;
        this.#listeners.get('error')?.(new MessageEvent('error'));
    }
}

/** A session whose stream and POSTs stay in this process. The test plays the server. */
export class FakeServer {
    readonly posts: SentMessage[] = [];
    readonly postUrls: string[] = [];
    /** The header that marks each POST as a retry, if it is one. */
    readonly marks: (string | null)[] = [];
    capabilities: Record<string, unknown> = { tools: {} };
    /** The `redirect` option of each POST. */
    readonly redirects = new Set<RequestRedirect | undefined>();
    readonly states: SessionState[] = [];
    readonly facts: WireFact[] = [];
    readonly notifications: [method: string, params: unknown][] = [];
    readonly session: McpSession;
    /** The answer to the next POSTs. */
    answerPost = (): Response | Promise<Response> => new Response('Accepted', { status: 202 });
    #stream: FakeStream | undefined;

    constructor(options: { timeLimitMs?: number; endpointLimitMs?: number } = {}) {
        this.session = createMcpSession({
            transport: 'sse',
            schedule: () => () => {},
            ...options,
            url: `${ORIGIN}/sse`,
            source: createNativeSource(this.#streamClass()),
            fetch: async (input, init) => {
                const message: unknown = JSON.parse(String(init?.body));
                if (isRecord(message)) this.posts.push(message);
                this.postUrls.push(String(input));
                this.marks.push(new Headers(init?.headers).get('idempotency-key'));
                this.redirects.add(init?.redirect);
                return this.answerPost();
            },
            clientInfo: { name: 'test', version: '1.0.0' },
            onNotification: (...notification) => this.notifications.push(notification),
            onState: state => this.states.push(state),
            onFact: fact => {
                this.facts.push(fact);
            }
        });
    }

    get stream(): FakeStream {
        if (!this.#stream) throw new Error('the session has not opened a stream yet');
        return this.#stream;
    }

    get state(): SessionState | undefined {
        return this.states.at(-1);
    }

    sent(method: string): SentMessage[] {
        return this.posts.filter(post => post.method === method);
    }

    /** Connects and completes the handshake. */
    async connect(sessionId = 'one'): Promise<void> {
        this.session.connect();
        this.stream.open(`/messages?sessionId=${sessionId}`);
        await this.shakeHands();
    }

    async shakeHands(): Promise<void> {
        const result = {
            protocolVersion: '2025-11-25',
            capabilities: this.capabilities,
            serverInfo: { name: 'fake', version: '1.2.3' }
        };
        this.stream.reply(this.sent('initialize').at(-1)?.id, result);
        await settled();
    }

    #streamClass(): new (url: string) => EventSourceLike {
        const opened = (stream: FakeStream): void => {
            this.#stream = stream;
        };
        return class extends FakeStream {
            constructor(url: string) {
                super(url);
                opened(this);
            }
        };
    }
}

/** Resolves when all pending work of this process is done. */
export function settled(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve));
}
