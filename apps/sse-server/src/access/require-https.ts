import type { Request, RequestHandler } from 'express';
import type { Config } from '../config/config.ts';

/** Whether a client came by HTTPS, as far as a trusted proxy says so. Some proxies write the scheme in capitals. */
export function isSecure({ protocol }: Request): boolean {
    return protocol.toLowerCase() === 'https';
}

/**
 * Sends whoever came by plain HTTP to the same address by HTTPS; 308 keeps method and body. Only a trusted proxy
 * knows how a client came: one that asks this server itself, as a probe does, stays.
 */
export function requireHttps({ basePath, trustedProxies }: Config): RequestHandler {
    return (req, res, next) => {
        const isTold = trustedProxies > 0 && Boolean(req.headers['x-forwarded-proto']);
        if (!isTold || isSecure(req)) return next();
        // HTTPS is not spoken on the port of plain HTTP.
        const host = req.headers.host?.replace(/:80$/, '');
        // The Host has been checked and the path begins with a slash, so that nobody is sent elsewhere.
        res.redirect(308, `https://${host}${basePath}${req.url.startsWith('/') ? req.url : '/'}`);
    };
}
