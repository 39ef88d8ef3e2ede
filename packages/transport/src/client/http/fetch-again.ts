import { repeatAfter, sleep, type Timing } from '../timing.ts';
import {
    describeFailure,
    isSessionGone,
    nameOf,
    OUTCOME_UNKNOWN,
    sessionGone,
    TransportError
} from '../transport-error.ts';
import { toRefusal } from './refusal.ts';

export interface Repetition {
    url: URL;
    timing: Timing;
    /** Whether to ask again although the server may have heard it. */
    mayRepeat: boolean;
    /** For how long the server recognizes a retry, so that asking again does no harm; in milliseconds. @default 0 */
    retryMs?: number;
    /** The moment from which that counts, in milliseconds of the clock. @default now */
    heardAt?: number | undefined;
    /** Ends the waiting; its reason is thrown. */
    signal: AbortSignal;
    /** Is told of each attempt that nobody answered, and how many milliseconds later the next one is made. */
    onUnanswered?(failure: TransportError, retryInMs: number): void;
}

export interface Asked {
    response: Response;
    /** Whether the server may have taken an earlier attempt, that broke. */
    mayHaveArrived: boolean;
}

/**
 * Asks until there is an answer: again with backoff when the connection broke, and after `Retry-After` at 429 and 503.
 * `isRetry` says whether the server may have taken an earlier attempt.
 *
 * @throws {TransportError} `unreachable` when it has not worked for `giveUpAfterMs`; `outcome-unknown` when the server may
 * have heard what must not be repeated; and the signal's reason.
 */
export async function fetchAgain(ask: (isRetry: boolean) => Promise<Response>, repetition: Repetition): Promise<Asked> {
    const { url, timing, mayRepeat, retryMs = 0, signal } = repetition;
    const startedAt = timing.clock.now();
    const giveUpAt = startedAt + timing.giveUpAfterMs;
    const recognizedUntil = (repetition.heardAt ?? startedAt) + retryMs;
    let mayHaveArrived = false;
    let lastCause: unknown;
    try {
        for (let attempt = 0; ; attempt++) {
            signal.throwIfAborted();
            const answer = await ask(mayHaveArrived).catch((cause: unknown) => {
                mayHaveArrived ||= !wasNeverSent(cause);
                signal.throwIfAborted();
                lastCause = cause;
                const message = `cannot reach ${nameOf(url)}: ${describeFailure(cause)}`;
                return new TransportError('unreachable', message, { cause, mayHaveArrived });
            });
            const isAnswer = answer instanceof Response;
            if (isAnswer && answer.status !== 429 && answer.status !== 503) return { response: answer, mayHaveArrived };
            const failure = isAnswer ? await toRefusal(answer, url, 'unreachable') : answer;
            const now = timing.clock.now();
            const leftMs = giveUpAt - now;
            // The last attempt is made when the time is up, though the delay would be longer.
            const delay = Math.min(leftMs, repeatAfter(attempt, failure.retryAfterMs, timing.random));
            const isRecognized = retryMs > 0 && now + delay < recognizedUntil;
            if (mayHaveArrived && !mayRepeat && !isRecognized) throw outcomeUnknown(url, lastCause);
            if (leftMs <= 0 || (failure.retryAfterMs ?? 0) > leftMs) throw failure;
            if (!isAnswer) repetition.onUnanswered?.(failure, delay);
            await sleep(delay, timing.clock, signal);
        }
    } catch (error) {
        // Who ended the session could not know how far this message was.
        throw isSessionGone(error) ? sessionGone(mayHaveArrived) : error;
    }
}

function outcomeUnknown(url: URL, cause: unknown): TransportError {
    const message = `the connection to ${nameOf(url)} broke (${describeFailure(cause)}): ${OUTCOME_UNKNOWN}`;
    return new TransportError('outcome-unknown', message, { cause, mayHaveArrived: true });
}

/** Whether there was nobody to send to. Node says so; a browser keeps it to itself. */
function wasNeverSent(error: unknown): boolean {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && ['ECONNREFUSED', 'ENOTFOUND'].includes(String(Reflect.get(cause, 'code')));
}
