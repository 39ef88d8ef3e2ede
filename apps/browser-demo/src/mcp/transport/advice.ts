import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';

/**
 * What to tell the user when a server cannot be reached. The advice differs between the server of the page and other
 * servers.
 */
export interface Advice {
    /** The server did not open the stream; `answer` has the status if it is known. */
    noStream(answer: string): Message;
    /** There was no answer. */
    unreachable(): Message;
    unauthenticated(): Message;
}

/**
 * @param stream the address of the server's stream.
 * @param pageOrigin the origin of the page, which other servers must allow by CORS.
 */
export function createAdvice(stream: URL, pageOrigin: string): Advice {
    const { origin, pathname } = stream;
    const isOwn = origin === pageOrigin;
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
        noStream(status) {
            if (/^401\b/.test(status)) return unauthenticated();
            // The page can read the status, so the server allows its origin.
            if (status === '' && !isOwn) return unreachable();
            return message(say.error.noStream, { stream: status === '' ? pathname : `${pathname} (${status})` });
        }
    };
}

/** Whether the browser blocks an http address because the page uses https: https://www.w3.org/TR/mixed-content/ */
function isMixed({ protocol, hostname }: URL, pageOrigin: string): boolean {
    const isHere = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    return pageOrigin.startsWith('https:') && protocol === 'http:' && !isHere;
}
