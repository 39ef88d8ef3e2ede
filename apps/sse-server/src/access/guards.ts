import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../config/config.ts';
import { signInRoutes } from '../http/sign-in-routes.ts';
import { allowOrigins } from './allow-origins.ts';
import { identify, requireCredential } from './authenticate.ts';
import { checkHostAndOrigin, refuseOtherSites } from './host-and-origin.ts';
import { limitRate } from './limit-rate.ts';
import { createReject, type Rejection } from './reject.ts';
import { requireHttps } from './require-https.ts';
import { createSignIns } from './sign-ins.ts';
import { createTokens } from './tokens.ts';

/** What a request has to pass, by where it wants to go. */
export interface Guards {
    /** Every route but /health and /ready: host, origin, and HTTPS where that is wanted. */
    all: RequestHandler[];
    /** Behind those, the routes of MCP clients and operators: the rate, of which they are told, and the credential. */
    clients: RequestHandler[];
    /** All of that for messages, which come by no other route first, and are not told of the rate. */
    messages: RequestHandler[];
    /** The page: headers that keep it safe, sign-in and sign-out. */
    browsers: RequestHandler[];
}

/** Puts the checks together from the configuration; `tell` is called with the reason of each rejection. */
export function createGuards(
    config: Config,
    now: () => Date,
    tell: (rejection: Rejection, res: Response) => void
): Guards {
    const reject = createReject(tell);
    const tokens = createTokens(config.tokens);
    const signIns = createSignIns(now);
    const all = [checkHostAndOrigin(config, reject), allowOrigins(config)];
    if (config.requireHttps) all.push(requireHttps(config));
    const rate = config.rateLimit && limitRate(config.rateLimit, reject);
    const withRate = (limit: RequestHandler | undefined) => [
        refuseOtherSites(reject),
        identify(tokens, signIns),
        ...(limit ? [limit] : []),
        requireCredential(tokens, reject)
    ];
    const rates = rate ? [rate.withHeaders] : [];
    const browsers = [protectPage(config), signInRoutes({ tokens, signIns, rate: rates, reject, config })];
    const messages = [...all, ...withRate(rate?.withoutHeaders)];
    return { all, clients: withRate(rate?.withHeaders), messages, browsers };
}

/**
 * The page loads nothing from elsewhere, holds no inline script or style, and is shown in no other page. It may speak
 * to any server, as people show others than this one in it. Whatever these say is data: scripts come from here only.
 * There is nothing for a script to take elsewhere either, as none can read the cookie, and none goes to other origins.
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
        // Where plain HTTP is served too, a browser must not be kept from it; nor from other servers of the domain.
        strictTransportSecurity: requireHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false
    });
}
