import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { repeatAfter, sleep, type Timing } from '../timing.ts';
import {
    describeFailure,
    isSessionGone,
    nameOf,
    OUTCOME_UNKNOWN,
    sessionGone,
    TransportError,
    unreachable
} from '../transport-error.ts';
import { toRetryError, toRetryMark } from './idempotency-key.ts';
import { toRefusal } from './refusal.ts';

/** How often a message may be sent. */
export interface RepeatOptions {
    /** Whether the server may execute this message twice. @default true */
    mayRepeat?: boolean;
    /**
     * How long the server recognizes a retry that is marked as one, in milliseconds from the first attempt; 0 if it does
     * not know the mark.
     * @default 0
     */
    retryMs?: number;
    /**
     * Set if the first attempt is already a retry: when the server was last heard on the connection that lost the reply,
     * in milliseconds of the clock. `retryMs` counts from then.
     */
    heardAt?: number;
}

export interface Repetition extends RepeatOptions {
    url: URL;
    timing: Timing;
    /** Ends the attempts; its reason is thrown. */
    signal: AbortSignal;
    /** The request of a message that can be marked as a retry. */
    requestId?: RequestId | undefined;
    /** Whether an answer with this status means that the server does not know the session. */
    meansGone?(status: number): boolean;
    /** Called after each attempt without an answer; the next one is made `retryInMs` milliseconds later. */
    onUnanswered?(failure: TransportError, retryInMs: number): void;
}

/**
 * Sends a request until there is an answer: again with backoff if the connection broke or a proxy answers 502 or 504,
 * and after `Retry-After` at 429 and 503. `mark` has the header of a retry if the server may have taken an earlier attempt.
 * A server that keeps its sessions in a store may have done so even if it answered 503.
 *
 * @throws {TransportError} `unreachable` after `giveUpAfterMs` without an answer; `session-gone`; `outcome-unknown` if the
 * server may have taken a request that must not be repeated; `answer-lost`; and the signal's reason.
 */
export async function fetchAgain(
    ask: (mark: Record<string, string>) => Promise<Response>,
    repetition: Repetition
): Promise<Response> {
    const { url, timing, mayRepeat = true, signal, requestId, heardAt } = repetition;
    const retryMs = repetition.retryMs ?? 0;
    const retryMark = requestId !== undefined && retryMs > 0 ? toRetryMark(requestId) : undefined;
    const startedAt = timing.clock.now();
    const giveUpAt = startedAt + timing.giveUpAfterMs;
    const recognizedUntil = (heardAt ?? startedAt) + retryMs;
    let mayHaveArrived = false;
    let isDoubtful: boolean = false;
    let lastCause: unknown;
    try {
        for (let attempt = 0; ; attempt++) {
            signal.throwIfAborted();
            const isRetry = mayHaveArrived || isDoubtful || heardAt !== undefined;
            const answer = await ask((isRetry && retryMark) || {}).catch((cause: unknown) => {
                mayHaveArrived ||= !wasNeverSent(cause);
                signal.throwIfAborted();
                lastCause = cause;
                return unreachable(url, cause, mayHaveArrived);
            });
            if (answer instanceof Response && answer.status === 503) isDoubtful = true;
            const isAnswer = answer instanceof Response && !isOfProxy(answer.status);
            if (answer instanceof Response && !isAnswer) mayHaveArrived = true;
            if (isAnswer && answer.status !== 429 && answer.status !== 503) {
                const retryError = retryMark && (await toRetryError(answer, url));
                if (retryError) throw retryError;
                if (!repetition.meansGone?.(answer.status)) return answer;
                // An unread body would keep its connection busy.
                await answer.body?.cancel();
                throw sessionGone(mayHaveArrived);
            }
            const failure = answer instanceof Response ? await toRefusal(answer, url, 'unreachable') : answer;
            if (!isAnswer) lastCause ??= failure;
            const now = timing.clock.now();
            const leftMs = giveUpAt - now;
            // The last attempt is made when the time is up, even if the delay would be longer.
            const delay = Math.min(leftMs, repeatAfter(attempt, failure.retryAfterMs, timing.random));
            const isRecognized = retryMs > 0 && now + delay < recognizedUntil;
            if (mayHaveArrived && !mayRepeat && !isRecognized) throw outcomeUnknown(url, lastCause);
            if (leftMs <= 0 || (failure.retryAfterMs ?? 0) > leftMs) throw failure;
            if (!isAnswer) repetition.onUnanswered?.(failure, delay);
            await sleep(delay, timing.clock, signal);
        }
    } catch (error) {
        // The code that ended the session could not know whether this message had arrived.
        throw isSessionGone(error) ? sessionGone(mayHaveArrived) : error;
    }
}

function outcomeUnknown(url: URL, cause: unknown): TransportError {
    const message = `the connection to ${nameOf(url)} broke (${describeFailure(cause)}): ${OUTCOME_UNKNOWN}`;
    return new TransportError('outcome-unknown', message, { cause, mayHaveArrived: true });
}

/** Whether a proxy says that it got no answer from the server. The server may have taken the request. */
function isOfProxy(status: number): boolean {
    return status === 502 || status === 504;
}

/** Whether the server was not there. Node reports that; a browser does not. */
function wasNeverSent(error: unknown): boolean {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && ['ECONNREFUSED', 'ENOTFOUND'].includes(String(Reflect.get(cause, 'code')));
}
