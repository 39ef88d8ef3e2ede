import { message } from '../i18n/i18n.ts';
import { PageError } from '../i18n/page-error.ts';
import * as say from '../i18n/texts.ts';

/**
 * Why an address was not taken:
 * - `missing`: there is none
 * - `not-http`: it is no absolute address by http or https
 * - `holds-password`: a user name or password is in it, which the page would show to all who see it
 */
type ServerAddressErrorCode = 'missing' | 'not-http' | 'holds-password';

/** An address that cannot be the one of a server; its message says how one looks. */
class ServerAddressError extends PageError<ServerAddressErrorCode> {
    override name = 'ServerAddressError';
}

/**
 * The absolute address of a stream as people enter it, `localhost:3001/sse` included.
 *
 * @throws {ServerAddressError} if it is none.
 */
export function parseServerAddress(text: string): string {
    const entered = text.trim();
    if (entered === '') throw new ServerAddressError('missing', message(say.sessions.addressMissing));
    // Without `//` a host with a port would pass for a scheme.
    const absolute = entered.includes('://') ? entered : `http://${entered}`;
    // Browsers take any number of slashes for two, and so a path for a host.
    const isHttp = /^https?:\/\/[^/\\\s]/i.test(absolute) && URL.canParse(absolute);
    if (!isHttp) throw new ServerAddressError('not-http', message(say.sessions.addressNotHttp));
    const url = new URL(absolute);
    if (url.username !== '' || url.password !== '') {
        throw new ServerAddressError('holds-password', message(say.sessions.addressHoldsPassword));
    }
    url.hash = '';
    return url.href;
}
