import { isUtf8 } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import type { MessageExtraInfo, RequestId, RequestInfo } from '@modelcontextprotocol/sdk/types.js';
import { type Refusal, refuse, refuseUnread } from './errors.ts';
import { isSessionId, parseSessionId } from './framing.ts';
import type { SseObserver } from './observer.ts';
import { parseMessage } from './parse-message.ts';
import { readBody } from './read-body.ts';
import type { Session } from './session.ts';
import type { SseRequest } from './sessions.ts';

export interface MessageContext {
    find(sessionId: string, req: SseRequest): Session | undefined;
    isDraining(): boolean;
    maxBytes: number;
    observer: SseObserver;
}

/** Answers one `POST /messages?sessionId=…`; each check comes before whatever costs more than it. */
export function handleMessage(req: SseRequest, res: ServerResponse, context: MessageContext): void {
    const { observer, maxBytes } = context;
    const turnAway = (refusal: Refusal, id: RequestId | null = null) => {
        observer.refused?.(refusal);
        refuse(res, refusal, id);
    };

    if (context.isDraining()) return turnAway('draining');
    const sessionId = parseSessionId(req.url ?? '');
    if (sessionId === undefined) return turnAway('bad-session-id');
    const session = context.find(sessionId, req);
    if (!session) return turnAway(isSessionId(sessionId) ? 'unknown-session' : 'bad-session-id');
    if (!isJson(req)) return turnAway('bad-content-type');

    const take = (value: unknown, bytes: number) => {
        // Draining may have begun while the body came in.
        if (context.isDraining()) return turnAway('draining', readId(value));
        const parsed = parseMessage(value);
        if (!parsed) return turnAway('not-json-rpc', readId(value));
        const extra: MessageExtraInfo = { requestInfo: new LazyRequestInfo(req) };
        if (req.auth) extra.authInfo = req.auth;
        const reception = session.receive(parsed, extra, bytes);
        if (reception === 'taken') return accept(res);
        turnAway(reception, readId(value));
    };
    if (req.body !== undefined) return take(req.body, Number(req.headers['content-length'] ?? 0));
    readBody(req, maxBytes, body => {
        if (body === undefined) {
            observer.refused?.('too-large');
            return refuseUnread(req, res, 'too-large');
        }
        const value = parseJson(body);
        if (value === undefined) return turnAway('not-json');
        take(value, body.length);
    });
}

/** The value of a body, or undefined if it is not JSON, which is UTF-8 (RFC 8259, section 8.1). */
function parseJson(body: Buffer): unknown {
    try {
        const text = body.toString();
        // What is no UTF-8 has become this character; where there is none, there is nothing to look for.
        if (text.includes('\uFFFD') && !isUtf8(body)) return undefined;
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

const ACCEPTED = 'Accepted';
const ACCEPTED_HEADERS = ['Content-Type', 'text/plain', 'Content-Length', String(ACCEPTED.length)];

function accept(res: ServerResponse): void {
    res.writeHead(202, ACCEPTED_HEADERS).end(ACCEPTED);
}

/** No parameter but a charset is of use, and JSON is UTF-8 (RFC 8259, section 8.1). */
const JSON_TYPE = /^application\/json(;charset="?utf-8"?)?;?$/i;

function isJson({ headers }: SseRequest): boolean {
    const type = headers['content-type'];
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return false;
    return type === 'application/json' || (type !== undefined && JSON_TYPE.test(type.replaceAll(/\s/g, '')));
}

/** The id of a message that was refused, so that its sender can tell which; null where there is none. */
function readId(value: unknown): RequestId | null {
    const id: unknown = Object(value).id;
    return typeof id === 'string' || Number.isSafeInteger(id) ? (id as RequestId) : null;
}

/** What tools see of the request. Few ask for the URL, and it costs more than all the rest. */
class LazyRequestInfo implements RequestInfo {
    readonly headers: RequestInfo['headers'];
    readonly #req: SseRequest;

    constructor(req: SseRequest) {
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
