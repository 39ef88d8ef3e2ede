import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/** A host and port in their canonical spelling, from a `Host` header or a URL. */
export interface Authority {
    /** In lower case, without a dot at the end; IPv6 addresses in brackets. */
    name: string;
    /** Empty if the text has no port. */
    port: string;
}

/** The origin of a page (RFC 6454, section 6.2). */
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

/** Parses a host with an optional port; undefined if the text is anything else. */
export function parseAuthority(text: string): Authority | undefined {
    const [, host, port = ''] = AUTHORITY.exec(text) ?? [];
    if (host === undefined || Number(port) > 65_535 || !URL.canParse(`http://${host}`)) return undefined;
    const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
    return name === '' ? undefined : { name, port: port && String(Number(port)) };
}

/** Parses an origin and removes the default port of its scheme; undefined for anything else, including `null`. */
export function parseOrigin(text: string): Origin | undefined {
    const [, scheme = '', rest = ''] = ORIGIN.exec(text.toLowerCase()) ?? [];
    const defaultPort = DEFAULT_PORTS.get(scheme);
    // Extensions and apps have their own name after the scheme, not a DNS name.
    if (defaultPort === undefined) return scheme ? { scheme, name: rest, port: '' } : undefined;
    const authority = parseAuthority(rest);
    if (!authority) return undefined;
    return { scheme, name: authority.name, port: authority.port === defaultPort ? '' : authority.port };
}

/**
 * Whether a page of `origin` was served by `host`. Behind a proxy that ends TLS the scheme of the request is unknown, so
 * a `host` without a port has the default port of the page's scheme.
 */
export function isSameOrigin(origin: Origin, host: Authority): boolean {
    const defaultPort = DEFAULT_PORTS.get(origin.scheme);
    if (defaultPort === undefined || origin.name !== host.name) return false;
    return (origin.port || defaultPort) === (host.port || defaultPort);
}

/** Whether an origin is http or https, and not that of an extension or an app. */
export function isWeb({ scheme }: Origin): boolean {
    return DEFAULT_PORTS.has(scheme);
}

/** The canonical text of an authority or an origin. */
export function toText({ scheme, name, port }: Authority & Partial<Origin>): string {
    return `${scheme === undefined ? '' : `${scheme}://`}${name}${port && `:${port}`}`;
}

/** Like `parseAuthority`, for text that people write: names in any script, and IPv6 addresses without brackets. */
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

/** A host as it appears in URLs: in canonical spelling, IPv6 addresses in brackets. */
export function toUrlHost(host: string): string {
    return new URL(`http://${isIPv6(host) ? `[${host}]` : host}`).hostname;
}
