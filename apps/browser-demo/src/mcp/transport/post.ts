import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { withReason } from '../json-rpc.ts';
import { McpSessionError } from '../mcp-session-error.ts';
import type { Advice } from './advice.ts';
import type { WireFact } from './wire-fact.ts';

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
    text: string;
}

/** The returned function POSTs a message. It throws `post-failed` if there is no answer. */
export function createPost(fetch: typeof globalThis.fetch, advice: Advice, onFact: (fact: WireFact) => void) {
    let posts = 0;
    return async (endpoint: URL, content: object, overrides: PostOverrides): Promise<PostAnswer> => {
        const { sessionId, authorization, idempotencyKey, automatic } = overrides;
        const url = new URL(endpoint);
        if (sessionId !== undefined) url.searchParams.set('sessionId', sessionId);
        const body = JSON.stringify(content);
        const number = ++posts;
        const credential = authorization !== undefined && { authorization };
        const mark = idempotencyKey !== undefined && { idempotencyKey };
        const retry = idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey };
        const headers = { 'content-type': 'application/json', ...credential, ...retry };
        const background = automatic && { automatic };
        onFact({ kind: 'post', number, url: url.href, body, headers, ...credential, ...mark, ...background });
        // Messages go to the origin of the stream only, and a redirect could lead elsewhere.
        const answer = fetch(url, { method: 'POST', headers, body, redirect: 'error' });
        answer.then(
            ({ status, statusText, headers }) =>
                onFact({ kind: 'answered', number, status, statusText, headers: Object.fromEntries(headers) }),
            () => onFact({ kind: 'answered', number, status: 0, statusText: '' })
        );
        try {
            const response = await answer;
            const { status, statusText } = response;
            const challenge = response.headers.get('www-authenticate') ?? undefined;
            return { status, statusText, challenge, text: await response.text() };
        } catch (cause) {
            throw new McpSessionError('post-failed', advice.unreachable(), { cause });
        }
    };
}

/** @throws {McpSessionError} `unauthenticated`, `unknown-session` or `post-failed` if the status is not 2xx. */
export function assertAccepted({ status, text }: PostAnswer, advice: Advice): void {
    if (status >= 200 && status < 300) return;
    const refusal = { kind: 'http', status, body: text } as const;
    if (status === 401) throw new McpSessionError('unauthenticated', advice.unauthenticated(), { refusal });
    const code = status === 404 ? 'unknown-session' : 'post-failed';
    throw new McpSessionError(code, message(say.error.refused, { status: withReason(status, text) }), { refusal });
}
