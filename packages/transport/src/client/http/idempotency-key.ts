import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';
import { nameOf, OUTCOME_UNKNOWN, TransportError } from '../transport-error.ts';

// A retry says that it is one by the header `Idempotency-Key`, where the server has declared that it understands that.

/** The longest key that is sent, in characters. The server compares the content as well. */
const LONGEST_KEY = 128;

/** How much of the time that the server remembers a POST the client relies on: it may hear late of what was sent. */
const RELIED_ON = 0.5;

/** For how long a retry can be marked, in milliseconds, by the capabilities that the server has declared; 0 if never. */
export function toRetryMs(capabilities: unknown): number {
    const rememberedMs: unknown = Object(Object(Object(capabilities).experimental).idempotencyKey).rememberedMs;
    return typeof rememberedMs === 'number' && rememberedMs > 0 ? rememberedMs * RELIED_ON : 0;
}

/** The header that marks the retry of a request. */
export const RETRY_HEADER = 'Idempotency-Key';

/** The value of that header: the id of the request as a string of RFC 8941. */
export function toRetryKey(id: RequestId): string {
    // Characters that such a string cannot hold as they are.
    const key = `${id}`.slice(0, LONGEST_KEY).replace(/[^ !#$&-[\]-~]/g, char => `%${char.charCodeAt(0).toString(16)}`);
    return `"${key.slice(0, LONGEST_KEY) || '%'}"`;
}

/** What a server says to a retry that it recognizes and cannot answer, or cannot recognize; undefined for all else. */
export async function toRetryError(response: Response, url: URL): Promise<TransportError | undefined> {
    if (response.status !== 409) return undefined;
    const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
    switch (Object(Object(body).error).code) {
        case RpcCode.AnswerLost: {
            const message = `${nameOf(url)} has run the request, and its answer is lost; it is not run again`;
            return new TransportError('answer-lost', message, { status: 409, mayHaveArrived: true });
        }
        case RpcCode.OutcomeUnknown: {
            const message = `the connection to ${nameOf(url)} broke, and the server does not know the request any more`;
            const details = { status: 409, mayHaveArrived: true };
            return new TransportError('outcome-unknown', `${message}: ${OUTCOME_UNKNOWN}`, details);
        }
        default:
            return undefined;
    }
}
