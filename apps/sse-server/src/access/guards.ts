import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Store } from 'express-rate-limit';
import helmet from 'helmet';
import type { Config } from '../config/config.ts';
import { allowOrigins } from './allow-origins.ts';
import { identify, requireCredential } from './authenticate.ts';
import { holdStreams } from './hold-streams.ts';
import { checkHostAndOrigin, refuseOtherSites } from './host-and-origin.ts';
import { limitRate } from './limit-rate.ts';
import { createReject, type Reject, type Rejection } from './reject.ts';
import { requireHttps } from './require-https.ts';
import { signInRoutes } from './sign-in-routes.ts';
import type { SignIns } from './sign-ins.ts';
import { createTokens } from './tokens.ts';

/** The checks that a request must pass, by kind of route. */
export interface Guards {
    /** Every route except /health and /ready: host, origin, and the redirect to HTTPS. */
    all: RequestHandler[];
    /** After those, routes for MCP clients and operators: rate limit with headers, and credential. */
    clients: RequestHandler[];
    /** The same for messages, without the rate limit headers. */
    messages: RequestHandler[];
    /** The same for the streams of HTTP+SSE: a browser that resumes waits while its sign-in cannot be checked. */
    streams: (RequestHandler | ErrorRequestHandler)[];
    /** The page: security headers, sign-in and sign-out. */
    browsers: RequestHandler[];
    reject: Reject;
}

export interface GuardOptions {
    config: Config;
    signIns: SignIns;
    /** Counts requests. The default counts those of this process. */
    rateStore: Store | undefined;
    /** Headers to add to the answers to `GET /sse`. */
    sseHeaders: Readonly<Record<string, string>>;
    /** Whether the server stops. */
    isDraining(): boolean;
    /** Is called with the reason of each rejection. */
    tell(rejection: Rejection, res: Response): void;
}

/** Composes the checks from the configuration. */
export function createGuards({ config, signIns, rateStore, tell, ...holding }: GuardOptions): Guards {
    const reject = createReject(tell);
    const tokens = createTokens(config.tokens);
    const all = [checkHostAndOrigin(config, reject), allowOrigins(config)];
    if (config.requireHttps) all.push(requireHttps(config));
    const rate = limitRate(config.rateLimit, reject, rateStore);
    const checkClient = (rateGuards: RequestHandler[]) => [
        refuseOtherSites(reject),
        identify(tokens, signIns),
        ...rateGuards,
        requireCredential(tokens, reject)
    ];
    const clients = checkClient(rate.withHeaders);
    return {
        all,
        clients,
        streams: [...clients, holdStreams({ signIns, limits: config.limits, ...holding })],
        messages: checkClient(rate.withoutHeaders),
        browsers: [protectPage(config), signInRoutes({ tokens, signIns, rate: rate.withHeaders, reject, config })],
        reject
    };
}

/**
 * The page loads scripts, styles and images from this server only, has no inline script or style, and cannot be framed.
 * It may connect to any server, because users can add sessions of other servers; their responses are never run as
 * scripts. The sign-in cookie is safe from a script: no script can read it, and browsers never send it to other origins.
 */
function protectPage({ requireHttps }: Config): RequestHandler {
    return helmet({
        contentSecurityPolicy: {
            useDefaults: false,
            directives: {
                defaultSrc: ["'none'"],
                scriptSrc: ["'self'"],
                styleSrc: ["'self'"],
                imgSrc: ["'self'"],
                connectSrc: ["'self'", 'http:', 'https:'],
                baseUri: ["'none'"],
                formAction: ["'self'"],
                frameAncestors: ["'none'"]
            }
        },
        // HSTS would block plain HTTP, which this server may offer too, and would apply to other servers of the domain.
        strictTransportSecurity: requireHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false
    });
}
