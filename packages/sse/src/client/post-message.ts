import { sessionGone } from './client-error.ts';
import { fetchAgain, type Repetition } from './fetch-again.ts';
import { isRedirect, toRedirected, toRefusal } from './refusal.ts';

interface Posting extends Repetition {
    fetch(init: RequestInit): Promise<Response>;
    /** Whether an answer of that status says that the session is not known. */
    meansGone(status: number): boolean;
}

/**
 * Posts a message to an endpoint.
 *
 * @throws {SseClientError} `refused`, `unauthorized`, `redirected` or `session-gone` if the server does not take it; what
 * `fetchAgain` throws.
 */
export async function postMessage(text: string, posting: Posting): Promise<void> {
    const { url, signal } = posting;
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text };
    const post = () => posting.fetch({ ...init, signal });
    const { response, mayHaveArrived } = await fetchAgain(post, posting);
    const isGone = posting.meansGone(response.status);
    if (response.ok || isGone) {
        // An unread body would keep its connection busy.
        await response.body?.cancel();
        if (isGone) throw sessionGone(mayHaveArrived);
        return;
    }
    if (isRedirect(response)) throw await toRedirected(response, url);
    const isUnauthorized = response.status === 401 || response.status === 403;
    throw await toRefusal(response, url, isUnauthorized ? 'unauthorized' : 'refused');
}
