import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/** A host as `Host` headers and URLs name it, in its one usual spelling. */
export interface Authority {
    /** In lower case and without a dot at its end; an IPv6 address in brackets. */
    name: string;
    /** Empty if the text names none. */
    port: string;
}

/** Where a page comes from (RFC 6454, section 6.2). */
export interface Origin extends Authority {
    /** In lower case: http, https, or the scheme of a browser extension or a desktop app. */
    scheme: string;
}

const AUTHORITY = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{0,5}))?$/i;
const ORIGIN = /^([a-z][a-z\d+.-]*):\/\/([\w.:[\]-]*)$/i;
const DEFAULT_PORTS = new Map([
    ['http', '80'],
    ['https', '443']
]);

/** Reads a host with or without a port; undefined if the text is anything else. */
export function parseAuthority(text: string): Authority | undefined {
    const [, host, port = ''] = AUTHORITY.exec(text) ?? [];
    if (host === undefined || Number(port) > 65_535 || !URL.canParse(`http://${host}`)) return undefined;
    const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
    return name === '' ? undefined : { name, port: port && String(Number(port)) };
}

/** Reads an origin, without a port that is its scheme's default; undefined for anything else, `null` included. */
export function parseOrigin(text: string): Origin | undefined {
    const [, scheme = '', rest = ''] = ORIGIN.exec(text.toLowerCase()) ?? [];
    const defaultPort = DEFAULT_PORTS.get(scheme);
    // What extensions and apps have after their scheme is a name of their own, not one of DNS.
    if (defaultPort === undefined) return scheme ? { scheme, name: rest, port: '' } : undefined;
    const authority = parseAuthority(rest);
    if (!authority) return undefined;
    return { scheme, name: authority.name, port: authority.port === defaultPort ? '' : authority.port };
}

/**
 * Whether a page of `origin` comes from the server that is addressed as `host`. The scheme of the request is not known
 * behind a proxy that ends TLS, so that a `host` without a port has the default port of the page's scheme.
 */
export function isSameOrigin(origin: Origin, host: Authority): boolean {
    const defaultPort = DEFAULT_PORTS.get(origin.scheme);
    if (defaultPort === undefined || origin.name !== host.name) return false;
    return (origin.port || defaultPort) === (host.port || defaultPort);
}

/** Whether a page's origin is of the web, and not of an extension or an app. */
export function isWeb({ scheme }: Origin): boolean {
    return DEFAULT_PORTS.has(scheme);
}

/** The text of an authority or an origin, of which each has one. */
export function toText({ scheme, name, port }: Authority & Partial<Origin>): string {
    return `${scheme === undefined ? '' : `${scheme}://`}${name}${port && `:${port}`}`;
}

/** Like `parseAuthority`, for what people write: names in any script, and IPv6 addresses without brackets. */
export function parseHostSetting(text: string): Authority | undefined {
    if (isIPv6(text)) return parseAuthority(`[${text}]`);
    const isPlain = !/[\s/?#@\\%*,]/.test(text);
    const [, host = '', port = ''] = /^([^:]*)(:\d*)?$/.exec(text) ?? [];
    return parseAuthority(isPlain && host && !text.startsWith('[') ? domainToASCII(host) + port : text);
}

/** Whether only this machine can reach that address. */
export function isLoopback(host: string): boolean {
    return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

/** A host as URLs have it: IPv6 addresses in brackets, all in their usual spelling. */
export function toUrlHost(host: string): string {
    return new URL(`http://${isIPv6(host) ? `[${host}]` : host}`).hostname;
}
