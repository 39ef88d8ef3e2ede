import { nameOf, TransportError, type TransportErrorCode } from '../transport-error.ts';
import { readStart } from './bound-body.ts';

/** Longest reason taken from an error response, in characters. */
const LONGEST_REASON = 500;

/** How much of an error response is read, in bytes. */
const LONGEST_ERROR_BODY = 65_536;

/**
 * Turns a response into an error: `redirected`, `unauthorized`, or else `code`. The body is read or cancelled, which frees
 * the connection.
 */
export async function toRefusal(response: Response, url: URL, code: TransportErrorCode): Promise<TransportError> {
    if (isRedirect(response)) return await toRedirected(response, url);
    const { status, statusText } = response;
    const address = nameOf(url);
    const reason = await readReason(response);
    const answer = `${status} ${statusText}`.trim() + (reason && ` (${reason})`);
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
    const details = { status, retryAfterMs, address, reason: reason || undefined };
    const reported = isUnauthorized(response) ? 'unauthorized' : code;
    return new TransportError(reported, `${address} answered ${answer}`, details);
}

/** Whether a response is a redirect. A browser reports that, but not the target. */
export function isRedirect({ status, type }: Response): boolean {
    return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);
}

/** Whether the server requires another credential. */
export function isUnauthorized({ status }: Response): boolean {
    return status === 401 || status === 403;
}

/** The error for a redirect, which is not followed: the headers, with the token in them, are for this server only. */
async function toRedirected(response: Response, url: URL): Promise<TransportError> {
    await response.body?.cancel();
    const location = response.headers.get('location');
    const { status } = response;
    const from = nameOf(url);
    if (location !== null && !URL.canParse(location, url.href)) {
        const shown = location.slice(0, LONGEST_REASON);
        return new TransportError('redirected', `${from} redirects to ${shown}, which is not a URL`, { status });
    }
    const target = location === null ? 'elsewhere' : `to ${new URL(location, url).href}`;
    return new TransportError('redirected', `${from} redirects ${target}; connect to that URL instead`, { status });
}

/** `Retry-After`, a number of seconds or a date (RFC 9110, 10.2.3), in milliseconds. */
function parseRetryAfter(header: string | null): number | undefined {
    if (header === null) return undefined;
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The message of the JSON-RPC error in the body, or else the beginning of the body. */
async function readReason(response: Response): Promise<string> {
    const type = response.headers.get('content-type') ?? '';
    if (!/^(text\/plain|application\/json)/i.test(type)) {
        await response.body?.cancel();
        return '';
    }
    const text = await readStart(response, LONGEST_ERROR_BODY);
    try {
        const { message } = JSON.parse(text).error;
        if (typeof message === 'string') return message.slice(0, LONGEST_REASON);
    } catch {
        // The body is not a JSON-RPC error, so its text is the reason.
    }
    return text.trim().slice(0, LONGEST_REASON);
}
