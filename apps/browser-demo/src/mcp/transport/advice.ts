import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';

/** What to look at when a server did not do what it was asked to: its page is told other things than one elsewhere. */
export interface Advice {
    /** The stream was refused; `answer` has the status, where the reader knows it. */
    noStream(answer: string): Message;
    /** Nothing at all came back. */
    unreachable(): Message;
    unauthenticated(): Message;
}

/**
 * @param stream the address of the server's stream.
 * @param pageOrigin where the page comes from, which is what a server elsewhere has to let in.
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
            // Whoever reads the status was let in.
            if (status === '' && !isOwn) return unreachable();
            return message(say.error.noStream, { stream: status === '' ? pathname : `${pathname} (${status})` });
        }
    };
}

/** Whether browsers keep a page from an address since it came by https: https://www.w3.org/TR/mixed-content/ */
function isMixed({ protocol, hostname }: URL, pageOrigin: string): boolean {
    const isHere = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    return pageOrigin.startsWith('https:') && protocol === 'http:' && !isHere;
}
