import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
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
            exposedHeaders: ['Mcp-Session-Id', 'Retry-After'],
            maxAge: 600
        });
    });
    // Most clients are no browsers, and send no Origin.
    return (req, res, next) => (req.headers.origin === undefined ? next() : allow(req, res, next));
}
