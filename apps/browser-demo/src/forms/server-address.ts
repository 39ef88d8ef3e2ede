import { message } from '../i18n/i18n.ts';
import { PageError } from '../i18n/page-error.ts';
import * as say from '../i18n/texts.ts';

/**
 * Why an address is not accepted:
 * - `missing`: nothing was entered
 * - `not-http`: it is not an absolute http or https address
 * - `holds-password`: it contains a user name or password, which the page would display
 */
type ServerAddressErrorCode = 'missing' | 'not-http' | 'holds-password';

/** An address that is not accepted. The message shows what an address looks like. */
class ServerAddressError extends PageError<ServerAddressErrorCode> {
    override name = 'ServerAddressError';
}

/**
 * Parses the address of a stream as the user entered it; `localhost:3001/sse` is accepted too.
 *
 * @throws {ServerAddressError}
 */
export function parseServerAddress(text: string): string {
    const entered = text.trim();
    if (entered === '') throw new ServerAddressError('missing', message(say.sessions.addressMissing));
    // Without `//`, a host with a port would be parsed as a scheme.
    const absolute = entered.includes('://') ? entered : `http://${entered}`;
    // Browsers accept any number of slashes, so that a path would become the host.
    const isHttp = /^https?:\/\/[^/\\\s]/i.test(absolute) && URL.canParse(absolute);
    if (!isHttp) throw new ServerAddressError('not-http', message(say.sessions.addressNotHttp));
    const url = new URL(absolute);
    if (url.username !== '' || url.password !== '') {
        throw new ServerAddressError('holds-password', message(say.sessions.addressHoldsPassword));
    }
    url.hash = '';
    return url.href;
}
