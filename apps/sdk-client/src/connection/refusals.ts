import { isEventStream, isRedirect } from '@calc/transport/client';
import { CliError } from '../errors/cli-error.ts';
import type { TransportKind } from './connection.ts';
import { displayUrl } from './display-url.ts';
import { isFromModernServer, readError } from './fallback.ts';
import { describeStatus } from './request-errors.ts';

/** The request that an answer belongs to. */
export interface Asked {
    url: URL;
    /** Where this request went: HTTP+SSE posts messages to another URL than that of its stream. */
    target: URL;
    method: string;
    kind: TransportKind;
    /** Whether it is the first request of its method, which shows whether there is a connection. */
    isFirst: boolean;
    /** Whether the transport has had a stream before. */
    hadStream: boolean;
    /** Whether it had an Authorization header. */
    hasToken: boolean;
}

/** How each transport is opened: the content that is expected, and where servers usually have it. */
const expected = {
    sse: { content: 'an event stream', endpoint: 'an event stream', path: '/sse' },
    http: { content: 'JSON or an event stream', endpoint: 'an MCP endpoint', path: '/mcp' }
} satisfies Record<TransportKind, object>;

/** Finds out whether an answer ends the connection; undefined if it does not, or if the transport handles it. */
export async function findProblem(response: Response, asked: Asked): Promise<CliError | undefined> {
    const { url, target, method, kind, isFirst, hadStream, hasToken } = asked;
    const { status } = response;
    const location = response.headers.get('location');
    if (location !== null && isRedirect(response)) return judgeRedirect(location, asked);
    // A server may refuse to end a session, and over Streamable HTTP it may refuse the stream that belongs to no request.
    if (method === 'DELETE' || (method === 'GET' && kind === 'http' && !hadStream)) return undefined;
    const isDenied = status === 401 || status === 403;
    // The transport handles all others: it retries, opens a new session, or reports the error to the sender.
    if (!isFirst && !isDenied) return undefined;
    const error = response.ok ? {} : await readError(response);
    const reason = typeof error.message === 'string' ? ` (${error.message})` : '';
    const answer = describeStatus(status) + reason;
    if (isDenied) {
        const fix = status === 401 ? tokenHint(hasToken) : 'ask the operator of the server for access';
        return new CliError('auth', `not allowed at ${displayUrl(url)}: ${answer}; ${fix}`);
    }
    if (kind === 'sse' && method === 'POST') {
        if (response.ok) return undefined;
        // The server is there and speaks MCP, and refuses this message. 404 means that the session is gone.
        const code = status < 500 && status !== 404 ? 'tool-error' : 'unreachable';
        return new CliError(code, `${displayUrl(target)} refused a message: ${answer}`);
    }
    if (status >= 500 || status === 429) {
        // The reason may say so itself.
        const ending = reason.includes('try again later') ? '' : '; try again later';
        return unreachable(url, `it answered ${answer}${ending}`);
    }
    const type = response.headers.get('content-type') ?? 'no content type';
    const isExpected = isEventStream(response) || (kind === 'http' && /^application\/json\b/i.test(type));
    if (status === 200 && isExpected) return undefined;
    if (status >= 400 && isFromModernServer(error)) {
        return unreachable(url, `it requires a protocol version later than 2025-11-25, this client’s latest${reason}`);
    }
    if (status === 404) {
        const hint = 'does its path lack a prefix, such as /calc, or its end, /mcp or /sse?';
        return new CliError('unreachable', `no MCP server answers at ${displayUrl(url)}: ${answer}; ${hint}`);
    }
    const { content, endpoint, path } = expected[kind];
    const got = status === 200 ? `${type}, not ${content}` : answer;
    // A server with both transports has them next to each other, after the same prefix.
    const [, prefix = ''] = /^(.*)\/(?:mcp|sse)\/?$/.exec(url.pathname) ?? [];
    const hint = `--url must be the address of ${endpoint}, such as ${url.origin}${prefix}${path}`;
    return unreachable(url, `it answered ${method} with ${got}; ${hint}`);
}

/** Redirects within the origin are followed. No other origin may receive the headers, and the token in them. */
function judgeRedirect(location: string, { url, target }: Asked): CliError | undefined {
    if (!URL.canParse(location, target.href)) {
        return unreachable(url, `it redirects to ${JSON.stringify(location.slice(0, 100))}, which is not a URL`);
    }
    const next = new URL(location, target);
    if (next.origin === url.origin) return undefined;
    const fix = 'if you trust that server, connect to it with --url';
    return unreachable(url, `it redirects to another origin, ${displayUrl(next)}; ${fix}`);
}

function unreachable(url: URL, reason: string): CliError {
    return new CliError('unreachable', `cannot reach ${displayUrl(url)}: ${reason}`);
}

function tokenHint(hasToken: boolean): string {
    return hasToken
        ? 'the server does not accept this token'
        : 'the server requires a token; set MCP_AUTH_TOKEN or --bearer';
}
