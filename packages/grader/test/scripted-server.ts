import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Attempt } from '../src/attempt.ts';
import { createRandom } from '../src/random.ts';

/** How long the tests wait for what should not come, in milliseconds; all that should come takes less. */
export const SHORT_MS = 300;
/** How long the tests wait for what comes, in milliseconds. */
export const LONG_MS = 10_000;

/** A message as it was POSTed, and where the reply may go. */
export interface Post {
    // biome-ignore lint/suspicious/noExplicitAny: tests read the members that they sent
    message: any;
    response: ServerResponse;
    /** The stream of the session in the address. */
    stream: ServerResponse;
    /** The streams of all sessions, oldest first. */
    streams: ServerResponse[];
}

/** What a server does right unless a test replaces it. */
interface Script {
    /** Answers GET. */
    open(stream: ServerResponse, address: string): void;
    /** Answers POST. */
    post(post: Post): void;
}

export const stream = { 'Content-Type': 'text/event-stream' };

/** An event as a server writes it. */
export const event = (name: string, data: string) => `event: ${name}\ndata: ${data}\n\n`;

/** A reply as an event. */
export const reply = (id: unknown, result: unknown = {}) =>
    event('message', JSON.stringify({ jsonrpc: '2.0', id, result }));

const right: Script = {
    open: (response, address) => response.writeHead(200, stream).write(event('endpoint', address)),
    post({ message, response, stream }) {
        response.writeHead(202).end('Accepted');
        if (message.id !== undefined) stream.write(reply(message.id));
    }
};

/** Serves HTTP+SSE by hand on a free port, right or wrong as the test says. */
export async function serve(script: Partial<Script> = {}) {
    const { open, post } = { ...right, ...script };
    const streams: ServerResponse[] = [];
    return await listen(async (request, response) => {
        if (request.method === 'GET') {
            open(response, `/messages?session=${streams.push(response) - 1}`);
            return;
        }
        const index = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('session'));
        const stream = streams[index] ?? response;
        post({ message: JSON.parse(await readBody(request)), response, stream, streams });
    });
}

/** Serves one handler on a free port of the loopback interface. */
export async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void) {
    const server = createServer(handler);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
        port,
        url: `http://127.0.0.1:${port}/sse`,
        async [Symbol.asyncDispose]() {
            server.closeAllConnections();
            await new Promise(resolve => server.close(resolve));
        }
    };
}

async function readBody(request: IncomingMessage) {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    return body;
}

/** An attempt on a server, which closes its streams at the end of the scope. */
export function attemptOn(url: string, limitMs = LONG_MS) {
    const attempt = new Attempt({ url }, createRandom(1), limitMs);
    return Object.assign(attempt, { [Symbol.dispose]: () => attempt.close() });
}

/** What a run fails with, in English: what came, what was expected and the next step. */
export async function failureOf(run: Promise<unknown>) {
    // biome-ignore lint/suspicious/noExplicitAny: a test fails if the error is another one
    const error: any = await run.then(
        () => undefined,
        error => error
    );
    const { received, expected, next, sent } = error?.details ?? {};
    const text = typeof received === 'string' ? received : received?.en;
    return { name: error?.name, status: error?.status, received: text, expected, next, sent };
}

/** What a diagnosis tells the learner. */
export function pick({ expected, next }: { expected: unknown; next: unknown }) {
    return { expected, next };
}
