import type { IncomingMessage } from 'node:http';
import type { McpRequest } from '@calc/transport/server';

/** A route whose requests are handed over. */
export type Route = 'messages' | 'sse' | 'mcp';

/** What the owner of a session cannot see of a request that another worker took. */
export interface Origin {
    /** The route that Express chose. It ignores case, and takes a URL in absolute form. */
    route: Route;
    address: string | undefined;
    auth: McpRequest['auth'];
}

/** The header that carries the origin. A client cannot send it: `toRequestHeaders` leaves out a client's own. */
const ORIGIN = 'calc-forwarded';
/** Headers of one connection (RFC 9110, section 7.6.1). */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'expect']);
const NOT_IN_REQUEST = new Set([...OF_CONNECTION, ORIGIN]);
const NOT_IN_ANSWER = new Set([...OF_CONNECTION, 'transfer-encoding', 'date']);

/** The headers of a request as its client sent them, for the owner of the session. */
export function toRequestHeaders({ rawHeaders, socket, auth }: McpRequest, route: Route): string[] {
    const origin: Origin = { route, address: socket.remoteAddress, auth };
    return [...keep(rawHeaders, NOT_IN_REQUEST), ORIGIN, JSON.stringify(origin)];
}

/** The headers of the owner's answer, for the client. */
export function toAnswerHeaders({ rawHeaders, headers }: IncomingMessage): string[] {
    const kept = keep(rawHeaders, NOT_IN_ANSWER);
    if (headers.connection === 'close') kept.push('Connection', 'close');
    return kept;
}

/** Takes the origin from a request on the private socket; undefined if a worker asks for itself. */
export function takeOrigin({ headers }: IncomingMessage): Origin | undefined {
    const header = headers[ORIGIN];
    if (typeof header !== 'string') return undefined;
    delete headers[ORIGIN];
    return JSON.parse(header);
}

function keep(rawHeaders: readonly string[], leftOut: ReadonlySet<string>): string[] {
    const kept: string[] = [];
    for (let index = 0; index < rawHeaders.length; index += 2) {
        const name = rawHeaders[index] ?? '';
        if (!leftOut.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] ?? '');
    }
    return kept;
}
