import type { ServerResponse } from 'node:http';
import type { MessageExtraInfo, RequestInfo } from '@modelcontextprotocol/sdk/types.js';
import { findExcess, findExcessIn, type MessageBounds } from '../../message/json-bounds.ts';
import { parseJson } from '../../message/parse-json.ts';
import type { Observer } from '../observer.ts';
import type { McpRequest, RejectReason } from '../types.ts';
import { reject, rejectUnread } from '../wire/reject.ts';
import { isJson } from './media-types.ts';
import { discardBody, readBody } from './read-body.ts';
import { runHandler } from './run-handler.ts';

/**
 * Reads the JSON of a POST and calls back with it, its size in bytes and the bytes themselves, or answers why there is
 * none: 415, 413 or 400. A value that middleware has put into `req.body` is checked against the same bounds, and comes
 * without the bytes.
 *
 * @param observer notified of a refusal, and of an error in `done`, which is answered.
 */
export function readJson(
    req: McpRequest,
    res: ServerResponse,
    limits: MessageBounds,
    observer: Observer,
    done: (value: unknown, bytes: number, body?: Buffer) => void | Promise<void>
): void {
    const turnAway = (refusal: RejectReason, message?: string) => {
        observer.rejected?.(refusal, res);
        reject(res, refusal, null, message);
    };
    if (!isJson(req)) return turnAway('bad-content-type');
    if (req.body !== undefined) {
        const excess = findExcessIn(req.body, limits);
        if (excess !== undefined) return turnAway('too-complex', excess);
        void runHandler(() => done(req.body, Number(req.headers['content-length'] ?? 0)), res, observer);
        return;
    }
    const take = (body: Buffer | undefined) => {
        if (body === undefined) {
            observer.rejected?.('too-large', res);
            rejectUnread(res, 'too-large');
            // The answer comes first: a client that sends more than this may never end.
            return discardBody(req, () => res.end());
        }
        const text = body.toString();
        const excess = findExcess(text, limits);
        if (excess !== undefined) return turnAway('too-complex', excess);
        const value = parseJson(text, body);
        if (value === undefined) return turnAway('not-json');
        return done(value, body.length, body);
    };
    readBody(req, limits.maxMessageBytes, body => void runHandler(() => take(body), res, observer));
}

/** What the server is told of the request that brought a message. */
export function toExtra(req: McpRequest): MessageExtraInfo {
    const extra: MessageExtraInfo = { requestInfo: new LazyRequestInfo(req) };
    if (req.auth) extra.authInfo = req.auth;
    return extra;
}

const ACCEPTED = 'Accepted';
const ACCEPTED_HEADERS = ['Content-Type', 'text/plain', 'Content-Length', String(ACCEPTED.length)];

/** Answers a POST that is taken and gets no reply of its own. */
export function accept(res: ServerResponse): void {
    res.writeHead(202, ACCEPTED_HEADERS).end(ACCEPTED);
}

/** What tools see of the request. Few ask for the URL, and it costs more than all the rest. */
class LazyRequestInfo implements RequestInfo {
    readonly headers: RequestInfo['headers'];
    readonly #req: McpRequest;

    constructor(req: McpRequest) {
        this.headers = req.headers;
        this.#req = req;
    }

    get url(): URL {
        const { url, headers, socket } = this.#req;
        const href = `${'encrypted' in socket ? 'https' : 'http'}://${headers.host}${url}`;
        // A Host that is none reaches tools as this address, not as an exception.
        return new URL(URL.canParse(href) ? href : 'http://localhost/');
    }
}
