import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleMessage } from './handle-message.ts';
import type { Fault, Script } from './script.ts';
import { ScriptedSession, type SeenMessage, type ToolCall } from './scripted-session.ts';

const MAX_BODY = 64 * 1024;

/** A server whose replies a script decides, and that remembers all that it saw. */
export class ScriptedServer {
    /** Its address, as soon as it listens. */
    origin = '';
    /** In the order of their streams. */
    readonly sessions: ScriptedSession[] = [];
    readonly faults: Fault[] = [];
    /** All requests to the stream and to endpoints, one a line, as a report shows them. */
    readonly seen: string[] = [];
    /** The addresses of GETs that nothing answers. */
    readonly notFound: string[] = [];
    readonly #script: Script;
    readonly #server = createServer((request, response) => void this.#handle(request, response));
    readonly #waiting = new Set<() => void>();

    constructor(script: Script) {
        this.#script = script;
    }

    /** Listens on the loopback address; on a free port, unless told otherwise. */
    async listen(port = 0): Promise<void> {
        await new Promise<void>((resolve, reject) => {
            this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
        });
        this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    /** The address of the event stream. */
    get url(): string {
        return this.origin + this.#script.streamPath;
    }

    /** All calls of tools, in the order of their arrival. */
    get calls(): ToolCall[] {
        return this.sessions.flatMap(session => session.calls);
    }

    /** Waits until the condition holds, which is looked at after each request; returns whether it does within the limit. */
    async until(condition: () => boolean, limitMs: number): Promise<boolean> {
        if (condition()) return true;
        return await new Promise(resolve => {
            const settle = () => {
                clearTimeout(timer);
                this.#waiting.delete(check);
                resolve(condition());
            };
            const check = () => {
                if (condition()) settle();
            };
            const timer = setTimeout(settle, limitMs);
            this.#waiting.add(check);
        });
    }

    async close(): Promise<void> {
        for (const session of this.sessions) session.drop();
        this.#server.closeAllConnections();
        await new Promise<void>(resolve => this.#server.close(() => resolve()));
    }

    async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
        if (request.method === 'GET' && pathname === this.#script.streamPath) this.#openStream(request, response);
        else if (request.method === 'POST') await this.#receive(request, response, pathname, searchParams);
        else if (!this.#script.serveOther?.(request, response)) {
            this.notFound.push(request.url ?? '');
            response.writeHead(404).end();
        }
        for (const check of this.#waiting) check();
    }

    #openStream(request: IncomingMessage, response: ServerResponse): void {
        this.seen.push(`GET ${request.url}`);
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
        const session = new ScriptedSession(this.#script.createId(), response);
        this.sessions.push(session);
        const relative = `messages?sessionId=${session.id}`;
        const whole = new URL(relative, this.url);
        const forms = { relative, path: whole.pathname + whole.search, url: whole.href };
        session.begin(forms[this.#script.endpointForm], this.#script.retryMs);
    }

    async #receive(request: IncomingMessage, response: ServerResponse, pathname: string, query: URLSearchParams) {
        const body = await readBody(request);
        const shown = `POST ${request.url} ${body}`;
        this.seen.push(shown);
        const refuse = (kind: Fault['kind'], status: number, detail = '') => {
            this.faults.push({ kind, request: shown + detail });
            response.writeHead(status).end();
        };
        const session = this.sessions.find(({ id }) => id === query.get('sessionId'));
        if (!session || pathname !== new URL('messages', this.url).pathname) return refuse('wrong-address', 404);
        if (session.ended) return refuse('session-ended', 404);
        const type = request.headers['content-type'] ?? 'none';
        if (!type.startsWith('application/json')) return refuse('wrong-type', 415, `\nContent-Type: ${type}`);
        const message = parse(body);
        if (message?.jsonrpc !== '2.0') return refuse('not-json-rpc', 400);
        const report = (kind: Fault['kind']) => this.faults.push({ kind, request: shown });
        const accept = () => response.writeHead(202).end('Accepted');
        handleMessage(message, { session, sessions: this.sessions, script: this.#script, report, accept });
    }
}

async function readBody(request: IncomingMessage): Promise<string> {
    let body = '';
    request.setEncoding('utf8');
    for await (const chunk of request) {
        body += chunk;
        if (body.length > MAX_BODY) break;
    }
    return body;
}

function parse(body: string): SeenMessage | undefined {
    try {
        const value: unknown = JSON.parse(body);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
        return undefined;
    }
}
