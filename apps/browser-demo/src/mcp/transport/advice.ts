import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';

/**
 * What to tell the user when a server cannot be reached. The advice differs between the server of the page and other
 * servers.
 */
export type Advice = ReturnType<typeof createAdvice>;

/**
 * @param stream the address of the server's stream.
 * @param pageOrigin the origin of the page, which other servers must allow by CORS.
 */
export function createAdvice(stream: URL, pageOrigin: string) {
    const { origin, pathname } = stream;
    const isOwn = origin === pageOrigin;
    /** There was no answer. */
    const unreachable = (): Message => {
        if (isOwn) return message(say.error.unreachable);
        return isMixed(stream, pageOrigin)
            ? message(say.error.mixed)
            : message(say.error.unreachableElsewhere, { origin: pageOrigin });
    };
    const unauthenticated = (): Message =>
        message(isOwn ? say.error.unauthenticated : say.error.unauthenticatedElsewhere);
    return {
        unreachable,
        unauthenticated,
        /** The server did not open the stream; `status` is empty if it is not known. */
        noStream(status: string): Message {
            if (/^401\b/.test(status)) return unauthenticated();
            // The page can read the status, so the server allows its origin.
            if (looksStreamable(stream, status)) {
                return message(say.error.looksStreamable, {
                    stream: status === '' ? pathname : `${pathname} (${status})`
                });
            }
            if (status === '' && !isOwn) return unreachable();
            return message(say.error.noStream, { stream: status === '' ? pathname : `${pathname} (${status})` });
        }
    };
}

/**
 * Whether an address without an event stream of HTTP+SSE is likely to be one of Streamable HTTP, where a GET without a
 * session gets 400, 405 or 406. The status is not always known.
 */
export function looksStreamable({ pathname }: URL, status: string): boolean {
    return /\/mcp\/?$/.test(pathname) || /^40[056]\b/.test(status);
}

/** Whether the browser blocks an http address because the page uses https: https://www.w3.org/TR/mixed-content/ */
function isMixed({ protocol, hostname }: URL, pageOrigin: string): boolean {
    const isHere = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    return pageOrigin.startsWith('https:') && protocol === 'http:' && !isHere;
}
