import type { RequestHandler } from 'express';
import { type Config, toUrlHost } from '../config.ts';
import type { Reject } from './reject.ts';

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests meant for another host or sent by another site's page. A browser can be talked into sending
 * requests to this machine (DNS rebinding), and then these two headers are what gives it away; see the
 * specification, "Security Warning" in Transports.
 */
export function checkHostAndOrigin(config: Config, reject: Reject): RequestHandler {
    const hosts = new Set([...LOCAL, toUrlHost(config.host), ...config.allowedHosts]);
    const isAllowed = originCheck(config.allowedOrigins);

    return ({ headers: { host = '', origin } }, res, next) => {
        if (!isListed(host, hosts)) return reject(res, 'bad-host');
        if (origin !== undefined && !isAllowed(origin, host)) return reject(res, 'bad-origin');
        next();
    };
}

/** Tells which origins' pages may call a server that is addressed as `host`. */
export function originCheck(allowedOrigins: readonly string[]): (origin: string, host: string) => boolean {
    const origins = new Set(allowedOrigins);
    return (origin, host) => isSameOrigin(origin, host) || isLocal(origin) || origins.has(origin);
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

/** Listed with its port, or without a port for any. */
function isListed(host: string, hosts: ReadonlySet<string>): boolean {
    const name = host.toLowerCase();
    return hosts.has(name) || hosts.has(withoutPort(name));
}

function isSameOrigin(origin: string, host: string): boolean {
    // The scheme is the proxy's business: behind TLS termination this server sees http only.
    return origin === `http://${host}` || origin === `https://${host}`;
}

function isLocal(origin: string): boolean {
    const [scheme, host] = origin.split('://');
    return (scheme === 'http' || scheme === 'https') && LOCAL.includes(withoutPort(host ?? ''));
}

function withoutPort(host: string): string {
    return host.replace(/:\d+$/, '');
}
