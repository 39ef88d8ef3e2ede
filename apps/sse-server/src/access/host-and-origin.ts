import type { RequestHandler } from 'express';
import {
    type Authority,
    isSameOrigin,
    isWeb,
    parseAuthority,
    parseOrigin,
    toText,
    toUrlHost
} from '../config/authority.ts';
import type { Config } from '../config/config.ts';
import type { Reject } from './reject.ts';

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];
/** The ports that a `Host` without one may mean; behind a proxy the scheme of the request is not known. */
const DEFAULT_PORTS = ['80', '443'];

/**
 * Refuses requests meant for another host or sent by another site's page. A browser can be talked into sending
 * requests to this machine (DNS rebinding), and then these two headers are what gives it away; see the
 * specification, "Security Warning" in Transports.
 */
export function checkHostAndOrigin(config: Config, reject: Reject): RequestHandler {
    const isServed = hostCheck(config);
    const isAllowed = originCheck(config.allowedOrigins);

    return ({ headers: { host = '', origin } }, res, next) => {
        if (!isServed(host)) {
            // Several Host headers arrive as one with commas (see `joinDuplicateHeaders` in `start.ts`).
            return reject(res, host.includes(',') ? 'several-hosts' : 'bad-host');
        }
        if (origin !== undefined && !isAllowed(origin, host)) return reject(res, 'bad-origin');
        next();
    };
}

/** Tells which hosts this server answers to. */
function hostCheck(config: Config): (host: string) => boolean {
    const hosts = new Set([...LOCAL, toUrlHost(config.host), ...config.allowedHosts]);
    const isListed = (authority: Authority) => {
        const ports = authority.port ? [authority.port] : DEFAULT_PORTS;
        return hosts.has(authority.name) || ports.some(port => hosts.has(toText({ ...authority, port })));
    };
    // Nearly all requests name the same host, which is read once.
    let last: string | undefined;
    return host => {
        if (host === last) return true;
        const authority = parseAuthority(host);
        if (!authority || !isListed(authority)) return false;
        last = host;
        return true;
    };
}

/** Tells which origins' pages may call a server that is addressed as `host`. */
export function originCheck(allowedOrigins: readonly string[]): (origin: string, host: string) => boolean {
    const origins = new Set(allowedOrigins);
    return (text, host) => {
        const origin = parseOrigin(text);
        if (!origin) return false;
        if ((isWeb(origin) && LOCAL.includes(origin.name)) || origins.has(toText(origin))) return true;
        const authority = parseAuthority(host);
        return authority !== undefined && isSameOrigin(origin, authority);
    };
}

/**
 * Refuses what a page of another site makes a browser ask for without saying so by `Origin`, such as an image's
 * address (Fetch Metadata, Sec-Fetch-Site). Nobody comes to the routes of clients by a link.
 */
export function refuseOtherSites(reject: Reject): RequestHandler {
    return ({ headers }, res, next) => {
        const isOtherSite = headers['sec-fetch-site'] === 'cross-site' && headers.origin === undefined;
        if (isOtherSite) reject(res, 'bad-origin');
        else next();
    };
}
