import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../config/config.ts';
import { originCheck } from './host-and-origin.ts';

/** Tells browsers which other origins' pages may read the answers: those that may send requests, and no others. */
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
        // Most clients are not browsers and send no Origin. A cache must not give their answer to a page of another
        // origin; answers to POST are in no cache.
        if (req.method !== 'POST') res.vary('Origin');
        next();
    };
}
