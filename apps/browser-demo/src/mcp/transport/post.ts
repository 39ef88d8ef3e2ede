import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { withReason } from '../json-rpc.ts';
import { McpSessionError } from '../mcp-session-error.ts';
import type { Advice } from './advice.ts';
import { isEventStream, readBriefly } from './read-body.ts';
import type { Headers, WireFact } from './wire-fact.ts';

/** Where a POST differs from the other POSTs of its session. */
export interface PostOverrides {
    /** A session id to send instead of the real one. */
    sessionId?: string;
    /** The header `Authorization`. It is recorded, so it must not be a real credential. */
    authorization?: string;
    /** The header `Idempotency-Key`, which marks a retry, for a server that declares support for it. */
    idempotencyKey?: string;
    /** Whether no user asked for the message. */
    automatic?: boolean;
}

/** The answer to a POST. */
export interface PostAnswer {
    status: number;
    statusText: string;
    /** The header `WWW-Authenticate`, if there is one. */
    challenge: string | undefined;
    /** The reason of a refusal, cut short; empty for every other answer. */
    text: string;
}

interface Sending {
    url: URL;
    /** The text of the message; a DELETE has none. */
    body?: string;
    /** Headers of the transport. */
    headers?: Headers;
    overrides?: PostOverrides;
    signal?: AbortSignal;
    /** Whether the answer may be an event stream. */
    mayStream?: boolean;
}

/** A response, with the number of its request in the session. */
export interface Sent {
    number: number;
    response: Response;
}

/** The returned function sends a POST, or a DELETE. It throws `post-failed` if there is no answer. */
export function createSend(fetch: typeof globalThis.fetch, advice: Advice, onFact: (fact: WireFact) => void) {
    let count = 0;
    return async (sending: Sending): Promise<Sent> => {
        const { url, body, overrides = {}, signal, mayStream = false } = sending;
        const { authorization, idempotencyKey, automatic } = overrides;
        const number = ++count;
        const method = body === undefined ? 'DELETE' : 'POST';
        const credential = authorization !== undefined && { authorization };
        const headers = {
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...sending.headers,
            ...credential,
            ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey })
        };
        onFact({
            kind: 'post',
            number,
            url: url.href,
            body: body ?? '',
            ...(method === 'DELETE' && { method }),
            headers,
            ...credential,
            ...(idempotencyKey !== undefined && { idempotencyKey }),
            ...(automatic && { automatic })
        });
        try {
            // Messages go to the origin of the server only, and a redirect could lead elsewhere.
            const response = await fetch(url, {
                method,
                headers,
                redirect: 'error',
                // A DELETE is sent even if the page is closed meanwhile.
                ...(body === undefined ? { keepalive: true } : { body }),
                ...(signal && { signal })
            });
            const { status, statusText } = response;
            const stream = mayStream && isEventStream(response) && { stream: true as const };
            const received = Object.fromEntries(response.headers);
            onFact({ kind: 'answered', number, status, statusText, headers: received, ...stream });
            return { number, response };
        } catch (cause) {
            onFact({ kind: 'answered', number, status: 0, statusText: '' });
            throw new McpSessionError('post-failed', advice.unreachable(), { cause });
        }
    };
}

/** Reads the reason of a refusal. @throws {McpSessionError} `post-failed` if the answer breaks off. */
export async function toAnswer(response: Response, advice: Advice): Promise<PostAnswer> {
    const { ok, status, statusText, headers } = response;
    try {
        const text = ok ? '' : await readBriefly(response);
        return { status, statusText, challenge: headers.get('www-authenticate') ?? undefined, text };
    } catch (cause) {
        throw new McpSessionError('post-failed', advice.unreachable(), { cause });
    }
}

/** @throws {McpSessionError} `unauthenticated`, `unknown-session` or `post-failed` if the status is not 2xx. */
export function assertAccepted({ status, text }: PostAnswer, advice: Advice): void {
    if (status >= 200 && status < 300) return;
    const refusal = { kind: 'http', status, body: text } as const;
    if (status === 401) throw new McpSessionError('unauthenticated', advice.unauthenticated(), { refusal });
    const code = status === 404 ? 'unknown-session' : 'post-failed';
    throw new McpSessionError(code, message(say.error.refused, { status: withReason(status, text) }), { refusal });
}
