import { message } from './i18n/i18n.ts';
import * as say from './i18n/texts.ts';
import { errorMessage } from './json-rpc.ts';
import { PageError } from './page-error.ts';

/** What the server can do to one of the page's sessions, over HTTP+SSE, where it is run for a lesson. */
export interface Faults {
    /** Breaks the stream off; the browser opens it again by itself, and misses nothing. */
    drop(sessionId: string): Promise<void>;
    /** Nothing reaches the reader for so many milliseconds; then all comes at once. */
    stall(sessionId: string, ms: number): Promise<void>;
    /** For so many milliseconds every request of the session is broken off, its stream first. */
    outage(sessionId: string, ms: number): Promise<void>;
    /** The server knows the session no more. */
    forget(sessionId: string): Promise<void>;
}

export interface FaultsOptions {
    /** The absolute address of the page, with the prefix it is served under. */
    url: string;
    fetch: typeof globalThis.fetch;
}

/** All methods throw `PageError`: `unreachable`, or `refused` if the server did not do it. */
export function createFaults({ url, fetch }: FaultsOptions): Faults {
    const cause = async (fault: keyof Faults, body: object): Promise<void> => {
        let response: Response;
        let text: string;
        try {
            response = await fetch(new URL(`faults/${fault}`, url), {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(body)
            });
            text = await response.text();
        } catch (error) {
            throw new PageError('unreachable', message(say.error.unreachable), { cause: error });
        }
        if (response.ok) return;
        const reason = errorMessage(text);
        const status = `${response.status}${reason === undefined ? '' : `: ${reason}`}`;
        throw new PageError('refused', message(say.error.refused, { status }));
    };
    return {
        drop: sessionId => cause('drop', { sessionId }),
        stall: (sessionId, ms) => cause('stall', { sessionId, ms }),
        outage: (sessionId, ms) => cause('outage', { sessionId, ms }),
        forget: sessionId => cause('forget', { sessionId })
    };
}
