import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { Unreachable } from '../check.ts';

/** What a check sends. */
export interface Outgoing {
    method: string;
    url: URL;
    headers?: Record<string, string>;
    body?: string;
}

/** A whole response. */
export interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    /** The first 65,536 characters of the body. */
    body: string;
    /** Whether the body ended before the time limit; what is beyond its first part is not read. */
    complete: boolean;
}

const MAX_BODY = 64 * 1024;

/** Why a server that can be reached has sent no response. */
export type NoResponse = 'silent' | 'closed' | 'not-http' | 'large-headers';

/**
 * Sends one request on a connection of its own, past any proxy of the environment.
 *
 * @param limitMs time until the response must begin, in milliseconds.
 * @returns the response, whose body is still to be read, or why there is none.
 * @throws Unreachable if no connection can be opened.
 */
export function open(outgoing: Outgoing, limitMs: number): Promise<IncomingMessage | NoResponse> {
    const { method, url, headers, body } = outgoing;
    const start = url.protocol === 'https:' ? requestTls : request;
    return new Promise((resolve, reject) => {
        // `localhost` has two addresses. By default node gives up each after 250 ms, which is short on a busy machine.
        const patience = { autoSelectFamilyAttemptTimeout: limitMs };
        const sending = start(url, { method, headers: { ...headers }, agent: false, ...patience });
        let isConnected = false;
        sending.on('socket', socket => socket.on('connect', () => (isConnected = true)));
        const timer = setTimeout(() => {
            if (isConnected) resolve('silent');
            else reject(unreachable(url, 'ETIMEDOUT'));
            sending.destroy();
        }, limitMs);
        sending.on('response', response => {
            // The limit is for the beginning of the response; a stream lasts longer.
            clearTimeout(timer);
            resolve(response);
        });
        sending.on('error', ({ code, message }: NodeJS.ErrnoException) => {
            clearTimeout(timer);
            if (!isConnected) reject(unreachable(url, code ?? message));
            else if (code === 'HPE_HEADER_OVERFLOW') resolve('large-headers');
            else resolve(code?.startsWith('HPE_') ? 'not-http' : 'closed');
        });
        sending.end(body);
    });
}

function unreachable({ origin }: URL, reason: string): Unreachable {
    return new Unreachable({ en: `cannot reach ${origin}: ${reason}`, fr: `${origin} est inaccessible : ${reason}` });
}

/** Reads a body until its end or until the time limit, then closes the connection. */
export async function readAnswer(response: IncomingMessage, limitMs: number): Promise<Answer> {
    let body = '';
    const timer = setTimeout(() => response.destroy(), limitMs);
    response.setEncoding('utf8');
    try {
        for await (const chunk of response) {
            body += chunk;
            if (body.length >= MAX_BODY) break;
        }
    } catch {
        // The server, or the time limit, has ended the connection; `complete` says so.
    }
    clearTimeout(timer);
    const { statusCode = 0, headers, complete } = response;
    const isRead = complete || body.length >= MAX_BODY;
    return { status: statusCode, headers, body: body.slice(0, MAX_BODY), complete: isRead };
}
