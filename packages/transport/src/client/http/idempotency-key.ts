import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';
import { nameOf, OUTCOME_UNKNOWN, TransportError } from '../transport-error.ts';

// The header `Idempotency-Key` marks a retry, if the server has declared that it understands the header.

/** Longest key, in characters. A longer id is cut: the server also compares the content. */
const LONGEST_KEY = 128;

/** The client relies on this part of the time for which the server remembers a POST, because a POST may arrive late. */
const RELIED_ON = 0.5;

/** How long a retry can be marked according to the server's capabilities, in milliseconds; 0 if never. */
export function toRetryMs(capabilities: unknown): number {
    const rememberedMs: unknown = Object(Object(Object(capabilities).experimental).idempotencyKey).rememberedMs;
    return typeof rememberedMs === 'number' && rememberedMs > 0 ? rememberedMs * RELIED_ON : 0;
}

/** The header that marks the retry of a request. Its value is the id of the request as a string of RFC 8941. */
export function toRetryMark(id: RequestId): Record<string, string> {
    // Replaces the characters that such a string cannot hold.
    const key = `${id}`.slice(0, LONGEST_KEY).replace(/[^ !#$&-[\]-~]/g, char => `%${char.charCodeAt(0).toString(16)}`);
    return { 'Idempotency-Key': `"${key.slice(0, LONGEST_KEY) || '%'}"` };
}

/** The error for a retry that the server cannot answer, or does not recognize; undefined for any other response. */
export async function toRetryError(response: Response, url: URL): Promise<TransportError | undefined> {
    if (response.status !== 409) return undefined;
    const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
    const { code } = Object(Object(body).error);
    const details = { status: 409, mayHaveArrived: true };
    if (code === RpcCode.AnswerLost) {
        const message = `${nameOf(url)} has run the request, and its answer is lost; it is not run again`;
        return new TransportError('answer-lost', message, details);
    }
    if (code !== RpcCode.OutcomeUnknown) return undefined;
    const message = `the connection to ${nameOf(url)} broke, and the server does not know the request any more`;
    return new TransportError('outcome-unknown', `${message}: ${OUTCOME_UNKNOWN}`, details);
}
