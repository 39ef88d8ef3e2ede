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
/** Possible ports of a `Host` without a port; behind a proxy the scheme of the request is unknown. */
const DEFAULT_PORTS = ['80', '443'];

/**
 * Rejects requests for another host and requests from another site's page. An attacker can make a browser send requests
 * to this machine (DNS rebinding), and only these two headers reveal it; see the specification, "Security Warning" in
 * Transports.
 */
export function checkHostAndOrigin(config: Config, reject: Reject): RequestHandler {
    const isServed = hostCheck(config);
    const isAllowed = originCheck(config.allowedOrigins);

    return ({ headers: { host = '', origin } }, res, next) => {
        if (!isServed(host)) {
            // Node joins several Host headers with commas (see `joinDuplicateHeaders` in `start.ts`).
            return reject(res, host.includes(',') ? 'several-hosts' : 'bad-host');
        }
        if (origin !== undefined && !isAllowed(origin, host)) return reject(res, 'bad-origin');
        next();
    };
}

/** Returns a function that checks whether this server serves a host. */
function hostCheck(config: Config): (host: string) => boolean {
    const hosts = new Set([...LOCAL, toUrlHost(config.host), ...config.allowedHosts]);
    const isListed = (authority: Authority) => {
        const ports = authority.port ? [authority.port] : DEFAULT_PORTS;
        return hosts.has(authority.name) || ports.some(port => hosts.has(toText({ ...authority, port })));
    };
    // Nearly all requests have the same Host, so it is parsed once.
    let last: string | undefined;
    return host => {
        if (host === last) return true;
        const authority = parseAuthority(host);
        if (!authority || !isListed(authority)) return false;
        last = host;
        return true;
    };
}

/** Returns a function that checks whether pages of an origin may call the server at `host`. */
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
 * Rejects requests that another site's page causes without an `Origin` header, such as for an image (Fetch Metadata,
 * Sec-Fetch-Site). No user follows a link to these routes.
 */
export function refuseOtherSites(reject: Reject): RequestHandler {
    return ({ headers }, res, next) => {
        const isOtherSite = headers['sec-fetch-site'] === 'cross-site' && headers.origin === undefined;
        if (isOtherSite) reject(res, 'bad-origin');
        else next();
    };
}
