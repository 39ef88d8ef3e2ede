import { nameOf, TransportError, type TransportErrorCode } from '../transport-error.ts';
import { readStart } from './bound-body.ts';

/** Longest reason taken from an error response, in characters. */
const LONGEST_REASON = 500;

/** How much of an error response is read, in bytes. */
const LONGEST_ERROR_BODY = 65_536;

/** The error that an answer stands for; its body is read or dropped, so that its connection is free again. */
export async function toRefusal(response: Response, url: URL, code: TransportErrorCode): Promise<TransportError> {
    const { status, statusText } = response;
    const reason = await readReason(response);
    const answer = `${status} ${statusText}`.trim() + (reason && ` (${reason})`);
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
    return new TransportError(code, `${nameOf(url)} answered ${answer}`, {
        status,
        retryAfterMs,
        url,
        reason: reason || undefined
    });
}

/** A browser does not say where it leads, only that it does. */
export function isRedirect({ status, type }: Response): boolean {
    return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);
}

/** A redirect is not followed: the headers, and the token in them, are meant for this server and for no other. */
export async function toRedirected(response: Response, url: URL): Promise<TransportError> {
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

/** `Retry-After` in milliseconds (RFC 9110, 10.2.3): seconds, or a date. */
function parseRetryAfter(header: string | null): number | undefined {
    if (header === null) return undefined;
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The message of the JSON-RPC error that a refusal carries; without one the beginning of its text. */
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
        // It is no JSON-RPC error, so that its words have to do.
    }
    return text.trim().slice(0, LONGEST_REASON);
}
