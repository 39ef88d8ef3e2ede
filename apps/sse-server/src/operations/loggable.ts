import { isIP } from 'node:net';
import type { Request } from 'express';
import { withoutPort } from '../access/without-port.ts';
import { shorten } from './log.ts';

/** Long parts of paths that are not secret. */
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
 * The path of a request for the log, without the query and with only eight characters of each long part, because clients
 * put tokens and session ids there by mistake.
 */
export function toLoggablePath(url: string): string {
    const [path = ''] = url.split(/[?#]/);
    // Requests to a proxy have a whole URL, which may contain a password.
    if (!path.startsWith('/')) return '(no path)';
    const plain = path.slice(0, LONGEST_PATH).replaceAll(/\P{ASCII}|\p{C}/gu, '?');
    return plain.split('/').map(toLoggablePart).join('/');
}

function toLoggablePart(part: string): string {
    return part.length <= LONGEST_PART || WELL_KNOWN.has(part) ? part : `${shorten(part)}…`;
}

/** The address of a request's client; ignores text that a proxy sends instead of an address. */
export function toLoggableAddress({ ip = '', socket }: Request): string | undefined {
    const address = withoutPort(ip);
    return isIP(address) ? address : socket.remoteAddress;
}
