import { RpcCode, sendRpcError } from '@calc/sse';
import type { RequestHandler } from 'express';
import { type Config, toUrlHost } from './config.ts';

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests meant for another host or sent by another site's page. A browser can be talked into sending
 * requests to this machine (DNS rebinding), and then these two headers are what gives it away; see the
 * specification, "Security Warning" in Transports.
 */
export function checkHostAndOrigin({ host: ownHost, allowedHosts, allowedOrigins }: Config): RequestHandler {
    const hosts = new Set([...LOCAL, toUrlHost(ownHost), ...allowedHosts]);
    const origins = new Set(allowedOrigins);

    return ({ headers: { host = '', origin } }, res, next) => {
        if (!isListed(host, hosts)) {
            return sendRpcError(res, 403, RpcCode.Refused, 'This host is not served here; see ALLOWED_HOSTS');
        }
        if (origin !== undefined && !isSameOrigin(origin, host) && !isLocal(origin) && !origins.has(origin)) {
            return sendRpcError(res, 403, RpcCode.Refused, 'This origin may not call this server; see ALLOWED_ORIGINS');
        }
        next();
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
