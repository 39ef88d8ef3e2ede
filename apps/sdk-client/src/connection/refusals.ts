import { STATUS_CODES } from 'node:http';
import { isEventStream } from '@calc/transport/client';
import { CliError } from '../errors/cli-error.ts';
import { displayUrl } from './display-url.ts';
import { isFromModernServer } from './fallback.ts';
import { readReason } from './http-reasons.ts';
import type { TransportKind } from './transport.ts';

/** What was asked, of which an answer is judged. */
export interface Asked {
    url: URL;
    /** Where this request went: messages of HTTP+SSE go elsewhere than the stream comes from. */
    target: URL;
    method: string;
    kind: TransportKind;
    /** Whether it is the first of its method that decides whether there is a connection. */
    isFirst: boolean;
    /** Whether the transport has had a stream before. */
    hadStream: boolean;
    /** Whether it had an Authorization header. */
    hasToken: boolean;
}

/** What an opening request is answered with, and where. */
const wanted = {
    sse: { content: 'an event stream', endpoint: 'an event stream', path: '/sse' },
    http: { content: 'JSON or an event stream', endpoint: 'an MCP endpoint', path: '/mcp' }
} satisfies Record<TransportKind, object>;

/** What an answer means for the whole connection; undefined if all is well, or the transport knows what to do. */
export async function findProblem(response: Response, asked: Asked): Promise<CliError | undefined> {
    const { url, target, method, kind, isFirst, hadStream, hasToken } = asked;
    const { status } = response;
    // Within the origin it is followed. The headers, and the token in them, are meant for no other.
    if (isRedirect(response)) {
        const location = response.headers.get('location') ?? '';
        if (!URL.canParse(location, target.href)) {
            return unreachable(url, `it redirects to ${JSON.stringify(location.slice(0, 100))}, which is not a URL`);
        }
        const next = new URL(location, target);
        if (next.origin === url.origin) return undefined;
        const fix = 'if you trust that server, connect to it with --url';
        return unreachable(url, `it redirects to another origin, ${displayUrl(next)}; ${fix}`);
    }
    // What ends a session is the server's business, and a stream of Streamable HTTP that has no request is optional.
    if (method === 'DELETE' || (method === 'GET' && kind === 'http' && !hadStream)) return undefined;
    const answer = `${status} ${STATUS_CODES[status] ?? ''}`.trim();

    if (status === 401 || status === 403) {
        const fix = status === 401 ? wantedToken(hasToken) : 'ask who runs the server for access';
        return new CliError(
            'auth',
            `not allowed at ${displayUrl(url)}: ${answer}${await readReason(response)}; ${fix}`
        );
    }
    // The transport knows what to do with all others: it tries again, or in a new session, or tells who sent the message.
    if (!isFirst) return undefined;
    if (kind === 'sse' && method === 'POST') {
        if (response.ok) return undefined;
        // The server is there and understood: it is this message that it does not take. An unknown session is gone.
        const code = status < 500 && status !== 404 ? 'tool-error' : 'unreachable';
        return new CliError(code, `${displayUrl(target)} refused a message: ${answer}${await readReason(response)}`);
    }
    if (status >= 500 || status === 429) {
        return unreachable(url, `it answered ${answer}${await readReason(response)}; try again later`);
    }
    const type = response.headers.get('content-type') ?? 'no content type';
    const isWanted = isEventStream(response) || (kind === 'http' && /^application\/json\b/i.test(type));
    if (status === 200 && isWanted) return undefined;
    const reason = await readReason(response);
    if (status >= 400 && isFromModernServer(await response.clone().text())) {
        return unreachable(
            url,
            `it speaks newer revisions than this client, which knows those up to 2025-11-25${reason}`
        );
    }
    const { content, endpoint, path } = wanted[kind];
    const got = status === 200 ? `${type}, not ${content}` : answer + reason;
    // A server that speaks both ways has them side by side, behind the same prefix.
    const [, prefix = ''] = /^(.*)\/(?:mcp|sse)\/?$/.exec(url.pathname) ?? [];
    const hint = `--url must name ${endpoint}, such as ${url.origin}${prefix}${path}`;
    return unreachable(url, `it answered ${method} with ${got}; ${hint}`);
}

/** Whether an answer only says where to ask instead. */
export function isRedirect({ status, headers }: Response): boolean {
    return status >= 300 && status < 400 && headers.has('location');
}

function unreachable(url: URL, reason: string): CliError {
    return new CliError('unreachable', `cannot reach ${displayUrl(url)}: ${reason}`);
}

function wantedToken(hasToken: boolean): string {
    return hasToken
        ? 'the server does not know this token'
        : 'the server wants a token; set MCP_AUTH_TOKEN or --bearer';
}
