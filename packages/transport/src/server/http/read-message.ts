import type { ServerResponse } from 'node:http';
import type { MessageExtraInfo, RequestId, RequestInfo } from '@modelcontextprotocol/sdk/types.js';
import { findExcess, findExcessIn, type JsonBounds } from '../../message/json-bounds.ts';
import { parseJson } from '../../message/parse-json.ts';
import { isId } from '../../message/parse-message.ts';
import type { McpRequest } from '../create-sessions.ts';
import type { Limits } from '../limits.ts';
import type { Observer } from '../observer.ts';
import { runHandler } from './fail-request.ts';
import { isJson } from './media-types.ts';
import { readBody } from './read-body.ts';
import { type Refusal, refuse, refuseUnread } from './refusals.ts';

/** The largest body, in bytes, and the bounds of its value. */
export type BodyLimits = JsonBounds & Pick<Limits, 'maxMessageBytes'>;

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
    limits: BodyLimits,
    observer: Observer,
    done: (value: unknown, bytes: number, body?: Buffer) => void | Promise<void>
): void {
    const turnAway = (refusal: Refusal, message?: string) => {
        observer.refused?.(refusal, res);
        refuse(res, refusal, null, message);
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
            observer.refused?.('too-large', res);
            return refuseUnread(req, res, 'too-large');
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

/** The id of a message that was refused, so that its sender can tell which; null where there is none. */
export function readId(value: unknown): RequestId | null {
    const id: unknown = Object(value).id;
    return isId(id) ? id : null;
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
