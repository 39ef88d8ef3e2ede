import { isRecord, parseJson } from '../../../src/mcp/json-rpc.ts';
import { createMcpSession, type SessionState } from '../../../src/mcp/session/mcp-session.ts';
import { createNativeSource } from '../../../src/mcp/transport/stream-source.ts';
import type { WireFact } from '../../../src/mcp/transport/wire-fact.ts';
import { FakeStream, ORIGIN, settled } from '../session/fake-server.ts';

/** One request of the page, which the test answers. */
export interface Asked {
    method: string;
    headers: Record<string, string>;
    message: Record<string, unknown>;
    answer(response: Response): Promise<void>;
    fail(): Promise<void>;
}

/** An event stream that the test writes. */
export function openBody(headers: Record<string, string> = {}) {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
        start(given) {
            controller = given;
        }
    });
    return {
        response: new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } }),
        async send(text: string) {
            controller?.enqueue(new TextEncoder().encode(text));
            await settled();
        },
        async end() {
            controller?.close();
            await settled();
        },
        async breakOff() {
            controller?.error(new TypeError('network error'));
            await settled();
        }
    };
}

/** A JSON-RPC message as an event. */
export function toEvent(body: object, id = ''): string {
    return `${id && `id: ${id}\n`}data: ${JSON.stringify({ jsonrpc: '2.0', ...body })}\n\n`;
}

/** A session over Streamable HTTP. The test plays the server and the clock. */
export function openMcp(options: { url?: string; pageOrigin?: string } = {}) {
    const asked: Asked[] = [];
    const facts: WireFact[] = [];
    const states: SessionState[] = [];
    const waits: { ms: number; go(): void }[] = [];
    const notifications: string[] = [];
    const session = createMcpSession({
        transport: 'streamable',
        url: `${ORIGIN}/mcp`,
        ...options,
        source: createNativeSource(FakeStream),
        schedule(go, ms) {
            const wait = { ms, go };
            waits.push(wait);
            return () => void waits.splice(waits.indexOf(wait), 1);
        },
        fetch: (_url, init) =>
            new Promise((resolve, reject) => {
                init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
                const message = parseJson(String(init?.body));
                asked.push({
                    method: init?.method ?? 'GET',
                    headers: Object.fromEntries(new Headers(init?.headers)),
                    message: isRecord(message) ? message : {},
                    async answer(response) {
                        resolve(response);
                        await settled();
                    },
                    async fail() {
                        reject(new TypeError('fetch failed'));
                        await settled();
                    }
                });
            }),
        clientInfo: { name: 'test', version: '1.0.0' },
        onNotification: method => notifications.push(method),
        onState: state => states.push(state),
        onFact: fact => facts.push(fact)
    });
    /** The newest request of the page. */
    const newest = (): Asked => {
        const last = asked.at(-1);
        if (!last) throw new Error('the page has sent nothing');
        return last;
    };
    /** Answers the newest request with JSON. */
    const reply = async (result: object, headers: Record<string, string> = {}): Promise<void> => {
        const { id } = newest().message;
        await newest().answer(Response.json({ jsonrpc: '2.0', id, result }, { headers }));
    };
    const initialize = async (headers: Record<string, string> = { 'mcp-session-id': 'one' }): Promise<void> => {
        const serverInfo = { name: 'fake', version: '1.2.3' };
        await reply({ protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo }, headers);
    };
    const accept = (): Promise<void> => newest().answer(new Response(null, { status: 202 }));
    return {
        session,
        asked,
        facts,
        states,
        waits,
        notifications,
        newest,
        reply,
        initialize,
        accept,
        /** Lets the last wait be over. */
        async pass() {
            waits.pop()?.go();
            await settled();
        },
        /** Completes the handshake and answers the GET; by default, that there is no stream of GET. */
        async connect(get = new Response(null, { status: 405, statusText: 'Method Not Allowed' })) {
            session.connect();
            await initialize();
            await accept();
            await newest().answer(get);
        },
        /** Calls a tool. The test may look at the outcome later. */
        callTool(options?: Parameters<typeof session.request>[2]) {
            const call = session.request('tools/call', {}, options);
            call.catch(() => {});
            return call;
        },
        kinds: () => facts.map(({ kind }) => kind),
        state: () => states.at(-1)
    };
}
