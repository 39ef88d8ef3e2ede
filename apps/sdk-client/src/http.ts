import { STATUS_CODES } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CliError } from './errors.ts';
import { describeNetworkError, readReason } from './http-reasons.ts';

/** All HTTP of one connection. */
export interface Http {
    /** Hand it to a transport. */
    fetch: FetchLike;
    /** Waits until messages under way have been taken by the server, at most `limitMs` milliseconds. */
    settle(limitMs: number): Promise<void>;
    /** Ends every request and stream at once. */
    abort(): void;
}

export interface HttpOptions {
    url: URL;
    bearer: string | undefined;
    fail(error: CliError): void;
}

/**
 * Creates a fetch that shows the token and calls `fail` with the reason when a request fails.
 * The transport only passes on strings; here the status, the headers and the network's error code are still at hand.
 */
export function createHttp({ url, bearer, fail }: HttpOptions): Http {
    const stop = new AbortController();
    const posts = new Set<Promise<unknown>>();

    async function send(...[target, init]: Parameters<FetchLike>): Promise<Response> {
        try {
            // The caller's signal gives way: EventSource does not abort an answer that it refuses,
            // and an unread body would keep the process alive.
            const headers = new Headers(init?.headers);
            if (bearer !== undefined) headers.set('Authorization', `Bearer ${bearer}`);
            const response = await globalThis.fetch(target, { ...init, headers, signal: stop.signal });
            const problem = await findProblem(response, { url, bearer, method: init?.method ?? 'GET' });
            if (problem) fail(problem);
            return response;
        } catch (error) {
            if (!stop.signal.aborted) {
                const reason = describeNetworkError(error, url);
                fail(new CliError('unreachable', `cannot reach ${url.href}: ${reason}`, { cause: error }));
            }
            throw error;
        }
    }

    return {
        fetch(target, init) {
            const response = send(target, init);
            if (init?.method === 'POST') {
                const remove = () => posts.delete(response);
                posts.add(response);
                response.then(remove, remove);
            }
            return response;
        },
        async settle(limitMs) {
            // A message just handed to the transport reaches fetch a few microtasks later.
            await setImmediate();
            await Promise.race([Promise.allSettled(posts), setTimeout(limitMs, undefined, { ref: false })]);
        },
        abort() {
            stop.abort();
        }
    };
}

interface Asked extends Pick<HttpOptions, 'url' | 'bearer'> {
    method: string;
}

async function findProblem(response: Response, { url, bearer, method }: Asked): Promise<CliError | undefined> {
    const { status } = response;
    // The SDK follows a redirect within the origin, and says itself why it does not follow another one.
    if (status >= 300 && status < 400) return undefined;
    const answer = `${status} ${STATUS_CODES[status] ?? ''}`.trim();

    if (status === 401 || status === 403) {
        const fix = status === 401 ? wantedToken(bearer) : 'ask who runs the server for access';
        return new CliError('auth', `not allowed at ${url.href}: ${answer}${await readReason(response)}; ${fix}`);
    }
    if (method === 'POST') {
        if (response.ok) return undefined;
        // The server is there and understood: it is this message that it does not take. An unknown session is gone.
        const code = status < 500 && status !== 404 ? 'tool-error' : 'unreachable';
        return new CliError(code, `${url.href} refused a message: ${answer}${await readReason(response)}`);
    }
    if (status >= 500) {
        const reason = await readReason(response);
        return new CliError('unreachable', `cannot reach ${url.href}: it answered ${answer}${reason}; try again later`);
    }
    const type = response.headers.get('content-type') ?? 'no content type';
    if (status === 200 && type.startsWith('text/event-stream')) return undefined;
    const found = status === 200 ? `${type}, not an event stream` : answer;
    // Streamable HTTP is beside it, behind the same prefix.
    const [, prefix = ''] = /^(.*)\/mcp\/?$/.exec(url.pathname) ?? [];
    const example = `${url.origin}${prefix}/sse`;
    return new CliError(
        'unreachable',
        `cannot reach ${url.href}: it answered ${found}; --url must name an event stream, such as ${example}`
    );
}

function wantedToken(bearer: string | undefined): string {
    return bearer === undefined
        ? 'the server wants a token; set MCP_AUTH_TOKEN or --bearer'
        : 'the server does not know this token';
}
