import { isIP } from 'node:net';
import type { Request } from 'express';
import { withoutPort } from '../access/client-address.ts';
import { shorten } from './log.ts';

/** Parts of paths that are no secret although they are long. */
const WELL_KNOWN = new Set([
    '.well-known',
    'apple-touch-icon.png',
    'oauth-authorization-server',
    'oauth-protected-resource',
    'openid-configuration'
]);
const LONGEST_PART = 12;
const LONGEST_PATH = 100;

/**
 * The path of a request for the log. The query is left out, and of each long part the first eight characters are
 * kept: clients put tokens and session ids there by mistake.
 */
export function toLoggablePath(url: string): string {
    const [path = ''] = url.split(/[?#]/);
    // Proxies may be sent whole URLs, with a password in them.
    if (!path.startsWith('/')) return '(no path)';
    const plain = path.slice(0, LONGEST_PATH).replaceAll(/\P{ASCII}|\p{C}/gu, '?');
    return plain.split('/').map(toLoggablePart).join('/');
}

function toLoggablePart(part: string): string {
    return part.length <= LONGEST_PART || WELL_KNOWN.has(part) ? part : `${shorten(part)}…`;
}

/** The address of a request's client; what a proxy says instead of an address is passed over. */
export function toLoggableAddress({ ip = '', socket }: Request): string | undefined {
    const address = withoutPort(ip);
    return isIP(address) ? address : socket.remoteAddress;
}
