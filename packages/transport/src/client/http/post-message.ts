import { sessionGone } from '../transport-error.ts';
import { fetchAgain, type Repetition } from './fetch-again.ts';
import { RETRY_HEADER, toRetryError } from './idempotency-key.ts';
import { isRedirect, toRedirected, toRefusal } from './refusal.ts';

interface Posting extends Repetition {
    fetch(init: RequestInit): Promise<Response>;
    /** Marks a retry; undefined if it cannot be marked. */
    retryKey: string | undefined;
    /** Whether an answer with this status means that the server does not know the session. */
    meansGone(status: number): boolean;
}

/**
 * Posts a message to an endpoint.
 *
 * @throws {TransportError} `refused`, `unauthorized`, `redirected` or `session-gone` if the server does not take it;
 * `answer-lost` or `outcome-unknown` if it does not take a retry; and the errors of `fetchAgain`.
 */
export async function postMessage(text: string, posting: Posting): Promise<void> {
    const { url, signal, retryKey } = posting;
    const post = (isRetry: boolean) => {
        const isMarked = retryKey !== undefined && (posting.heardAt !== undefined || isRetry);
        const headers = { 'Content-Type': 'application/json', ...(isMarked && { [RETRY_HEADER]: retryKey }) };
        return posting.fetch({ method: 'POST', headers, body: text, signal });
    };
    const { response, mayHaveArrived } = await fetchAgain(post, posting);
    const isGone = posting.meansGone(response.status);
    if (response.ok || isGone) {
        // An unread body would keep its connection busy.
        await response.body?.cancel();
        if (isGone) throw sessionGone(mayHaveArrived);
        return;
    }
    if (isRedirect(response)) throw await toRedirected(response, url);
    const retryError = retryKey !== undefined && (await toRetryError(response, url));
    if (retryError) throw retryError;
    const isUnauthorized = response.status === 401 || response.status === 403;
    throw await toRefusal(response, url, isUnauthorized ? 'unauthorized' : 'refused');
}
