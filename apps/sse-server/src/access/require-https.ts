import type { Request, RequestHandler } from 'express';
import type { Config } from '../config/config.ts';

/** Whether the client uses HTTPS, according to a trusted proxy. Some proxies write the scheme in capitals. */
export function isSecure({ protocol }: Request): boolean {
    return protocol.toLowerCase() === 'https';
}

/**
 * Redirects plain HTTP to HTTPS with 308, which keeps method and body. Only a trusted proxy knows the client's scheme, so
 * requests without its header, such as those of a probe, are not redirected.
 */
export function requireHttps({ basePath, trustedProxies }: Config): RequestHandler {
    return (req, res, next) => {
        const hasScheme = trustedProxies > 0 && Boolean(req.headers['x-forwarded-proto']);
        if (!hasScheme || isSecure(req)) return next();
        // Port 80 does not serve HTTPS.
        const host = req.headers.host?.replace(/:80$/, '');
        // The Host has been checked and the path begins with a slash, so this cannot redirect to another site.
        res.redirect(308, `https://${host}${basePath}${req.url.startsWith('/') ? req.url : '/'}`);
    };
}
