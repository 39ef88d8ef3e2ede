import { type Message, message } from './i18n/i18n.ts';
import * as say from './i18n/texts.ts';

/** What to look at when a server did not do what it was asked to: its page is told other things than one elsewhere. */
export interface Advice {
    /** The stream was refused; `answer` has the status, where the reader knows it. */
    noStream(answer: string): Message;
    /** Nothing at all came back. */
    unreachable(): Message;
    postLost(): Message;
    unauthenticated(): Message;
}

/**
 * @param stream the address of the server's stream.
 * @param pageOrigin where the page comes from, which is what a server elsewhere has to let in.
 */
export function createAdvice(stream: URL, pageOrigin: string): Advice {
    const { pathname: path } = stream;
    const elsewhere = { origin: pageOrigin };
    if (stream.origin === pageOrigin) {
        return {
            noStream: status =>
                status === ''
                    ? message(say.error.noStream, { path })
                    : message(say.error.streamRefused, { path, status }),
            unreachable: () => message(say.error.unreachable),
            postLost: () => message(say.error.postLost),
            unauthenticated: () => message(say.error.unauthenticated)
        };
    }
    const unreachable = () =>
        isMixed(stream, pageOrigin) ? message(say.error.mixed) : message(say.error.unreachableElsewhere, elsewhere);
    return {
        noStream(status) {
            if (isMixed(stream, pageOrigin)) return message(say.error.mixed);
            if (/^401\b/.test(status)) return message(say.error.unauthenticatedElsewhere);
            // Whoever reads the status was let in.
            if (status !== '') return message(say.error.streamRefusedElsewhere, { status });
            return message(say.error.noStreamElsewhere, elsewhere);
        },
        unreachable,
        postLost: () => message(say.error.postLostElsewhere, elsewhere),
        unauthenticated: () => message(say.error.unauthenticatedElsewhere)
    };
}

/** Whether browsers keep a page from an address since it came by https: https://www.w3.org/TR/mixed-content/ */
function isMixed({ protocol, hostname }: URL, pageOrigin: string): boolean {
    const isHere = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    return pageOrigin.startsWith('https:') && protocol === 'http:' && !isHere;
}
