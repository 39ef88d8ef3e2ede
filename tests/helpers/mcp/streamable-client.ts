import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type EventTap, type Reply, tapEvents } from './event-tap.ts';

/** What a POST to the one path of Streamable HTTP got. */
export interface McpAnswer {
    status: number;
    headers: IncomingHttpHeaders;
    /** The whole body; empty if it is an event stream. */
    body: string;
    /** The events, where they are what it got. */
    events: EventTap | undefined;
}

/** A client of Streamable HTTP that hides nothing of the wire. */
export interface RawMcp extends AsyncDisposable {
    url: string;
    sessionId: string;
    /** The reply to initialize. */
    opening: Reply;
    /** Posts a message, or several at once. */
    post(message: unknown, headers?: Record<string, string>): Promise<McpAnswer>;
    /** Posts a request and waits for its reply, by whichever way it comes. */
    request(id: string | number, method: string, params?: object): Promise<Reply>;
    /** Sends GET; `lastEventId` resumes a stream. */
    get(lastEventId?: string, headers?: Record<string, string>): Promise<McpAnswer>;
    /** Asks for a stream that has to be one. */
    open(lastEventId?: string): Promise<EventTap>;
    /** Ends the session. */
    delete(): Promise<McpAnswer>;
}

export interface McpOptions {
    /** @default '2025-11-25' */
    protocolVersion?: string;
    headers?: Record<string, string>;
}

/** Opens a session of Streamable HTTP. */
export async function openMcp(
    url: string,
    { protocolVersion = '2025-11-25', headers = {} }: McpOptions = {}
): Promise<RawMcp> {
    const taps = new Set<EventTap>();
    const exchange = async (method: string, more: Record<string, string>, body?: string) => {
        const answer = await ask(url, method, { ...headers, ...more }, body);
        if (answer.events) taps.add(answer.events);
        return answer;
    };
    const clientInfo = { name: 'raw client', version: '1' };
    const params = { protocolVersion, capabilities: { elicitation: {} }, clientInfo };
    const opened = await exchange('POST', POST_HEADERS, toRequest('initialize', 'initialize', params));
    if (opened.status !== 200) throw new Error(`initialize answered ${opened.status}: ${opened.body}`);
    const opening = await toReply(opened, 'initialize');
    const sessionId = String(opened.headers['mcp-session-id']);
    const session = { 'Mcp-Session-Id': sessionId, 'MCP-Protocol-Version': protocolVersion };

    const post: RawMcp['post'] = (message, more = {}) =>
        exchange('POST', { ...POST_HEADERS, ...session, ...more }, JSON.stringify(message));
    const get: RawMcp['get'] = (lastEventId, more = {}) => {
        const last: Record<string, string> = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
        return exchange('GET', { Accept: 'text/event-stream', ...session, ...last, ...more });
    };
    await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return {
        url,
        sessionId,
        opening,
        post,
        get,
        async request(id, method, params) {
            const answer = await post(JSON.parse(toRequest(id, method, params)));
            if (answer.status !== 200) throw new Error(`POST answered ${answer.status}: ${answer.body}`);
            return toReply(answer, id);
        },
        async open(lastEventId) {
            const { status, body, events } = await get(lastEventId);
            if (!events) throw new Error(`GET answered ${status}: ${body}`);
            return events;
        },
        delete: () => exchange('DELETE', session),
        async [Symbol.asyncDispose]() {
            for (const tap of taps) tap.cut();
            await Promise.all([...taps].map(({ ended }) => ended));
        }
    };
}

const POST_HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

function toRequest(id: string | number, method: string, params?: object): string {
    return JSON.stringify({ jsonrpc: '2.0', id, method, ...(params && { params }) });
}

async function toReply({ body, events }: McpAnswer, id: string | number): Promise<Reply> {
    return events ? events.findReply(id) : JSON.parse(body);
}

function ask(url: string, method: string, headers: Record<string, string>, body?: string): Promise<McpAnswer> {
    return new Promise((resolve, reject) => {
        const take = async (answer: IncomingMessage) => {
            const { statusCode: status = 0, headers } = answer;
            const isStream = headers['content-type'] === 'text/event-stream';
            try {
                if (isStream) resolve({ status, headers, body: '', events: tapEvents(answer) });
                else resolve({ status, headers, body: await text(answer), events: undefined });
            } catch (error) {
                reject(error);
            }
        };
        const outgoing = request(url, { method, headers, agent: false }, take);
        outgoing.on('error', reject);
        outgoing.end(body);
    });
}
