import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';

/**
 * Sends whoever came by plain HTTP to the same address by HTTPS; 308 keeps method and body. Only a trusted proxy
 * knows how a client came: one that asks this server itself, as a probe does, stays.
 */
export function requireHttps({ basePath, trustedProxies }: Config): RequestHandler {
    return (req, res, next) => {
        const isTold = trustedProxies > 0 && req.headers['x-forwarded-proto'] !== undefined;
        if (!isTold || req.secure) return next();
        // The Host has been checked and the path begins with a slash, so that nobody is sent elsewhere.
        res.redirect(308, `https://${req.headers.host}${basePath}${req.url.startsWith('/') ? req.url : '/'}`);
    };
}
