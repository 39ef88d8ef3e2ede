import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../config/config.ts';
import { originCheck } from './host-and-origin.ts';

/** Lets browsers give responses to pages of the origins that may send requests (CORS). */
export function allowOrigins({ allowedOrigins }: Config): RequestHandler {
    const isAllowed = originCheck(allowedOrigins);
    const allow = cors((req, done) => {
        const { origin, host = '' } = req.headers;
        done(null, {
            origin: origin !== undefined && isAllowed(origin, host) ? origin : false,
            methods: ['GET', 'HEAD', 'POST', 'DELETE'],
            allowedHeaders: [
                'Authorization',
                'Content-Type',
                'Idempotency-Key',
                'Last-Event-ID',
                'Mcp-Method',
                'Mcp-Name',
                'Mcp-Protocol-Version',
                'Mcp-Session-Id'
            ],
            exposedHeaders: [
                'Allow',
                'Deprecation',
                'Link',
                'Mcp-Session-Id',
                'RateLimit',
                'RateLimit-Policy',
                'Retry-After',
                'WWW-Authenticate'
            ],
            maxAge: 600
        });
    });
    return (req, res, next) => {
        if (req.headers.origin !== undefined) return allow(req, res, next);
        // Most clients are not browsers and send no Origin. `Vary` keeps a cache from giving their response to a page of
        // another origin. Responses to POST are not cached.
        if (req.method !== 'POST') res.vary('Origin');
        next();
    };
}
