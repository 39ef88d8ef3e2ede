import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { CheckFailure, Unreachable } from '../check.ts';

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
    /** The first 64 KiB of the body. */
    body: string;
    /** Whether the server had ended the response before the time limit. */
    complete: boolean;
}

const MAX_BODY = 64 * 1024;

const HUNG_UP = {
    en: 'no response: the server closed the connection',
    fr: 'aucune réponse : le serveur a fermé la connexion'
};

function unreachable({ origin }: URL, { code, message }: NodeJS.ErrnoException): Unreachable {
    const reason = code ?? message;
    return new Unreachable({ en: `cannot reach ${origin}: ${reason}`, fr: `${origin} est inaccessible : ${reason}` });
}

/**
 * Sends one request on a connection of its own, past any proxy of the environment.
 *
 * @param limitMs time until the response must begin, in milliseconds.
 * @returns the response, whose body is still to be read; undefined if it did not begin in time.
 * @throws Unreachable if nothing listens.
 * @throws CheckFailure if the server closes the connection instead of responding.
 */
export function open(outgoing: Outgoing, limitMs: number): Promise<IncomingMessage | undefined> {
    const { method, url, headers, body } = outgoing;
    const start = url.protocol === 'https:' ? requestTls : request;
    return new Promise((resolve, reject) => {
        const sending = start(url, { method, headers: { ...headers }, agent: false });
        const timer = setTimeout(() => {
            resolve(undefined);
            sending.destroy();
        }, limitMs);
        sending
            .on('response', response => {
                // The limit is for the beginning of the response; a stream lasts longer.
                clearTimeout(timer);
                resolve(response);
            })
            .on('error', (error: NodeJS.ErrnoException) =>
                reject(error.code === 'ECONNRESET' ? new CheckFailure({ received: HUNG_UP }) : unreachable(url, error))
            );
        // A response may last longer than the limit; only its beginning must not be late.
        sending.on('response', () => clearTimeout(timer)).on('close', () => clearTimeout(timer));
        sending.end(body);
    });
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
    return { status: statusCode, headers, body: body.slice(0, MAX_BODY), complete };
}
