import type { McpRequest } from '@calc/transport/server';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { parseCookie } from 'cookie';
import type { NextFunction, Request, RequestHandler } from 'express';
import type { Reject } from './reject.ts';
import type { SignIns } from './sign-ins.ts';
import type { Tokens } from './tokens.ts';

/** The cookie of a browser that has signed in. */
export const COOKIE = 'calc_sign_in';

/** Sets `req.auth` from `Authorization: Bearer` (RFC 6750, section 2.1), or from the page's cookie. */
export function identify(tokens: Tokens, signIns: SignIns): RequestHandler {
    const note = (req: McpRequest, auth: AuthInfo | undefined) => {
        if (auth) req.auth = auth;
    };
    return (req, _res, next) => {
        if (!tokens.areRequired) return next();
        const { authorization } = req.headers;
        if (authorization === undefined) return identifyBrowser(req, next);
        note(req, tokens.identify(bearerOf(authorization)));
        next();
    };

    async function identifyBrowser(req: Request, next: NextFunction): Promise<void> {
        note(req, await signIns.find(cookieOf(req)));
        next();
    }
}

/** Rejects requests without a valid credential. */
export function requireCredential(tokens: Tokens, reject: Reject): RequestHandler {
    return (req, res, next) => {
        if (!tokens.areRequired || (req as McpRequest).auth) return next();
        reject(res, 'unauthenticated');
    };
}

/** The secret in the page's cookie; empty without a cookie. */
export function cookieOf({ headers }: Request): string {
    return parseCookie(headers.cookie ?? '')[COOKIE] ?? '';
}

/** The token; empty for another scheme, which no token equals. */
function bearerOf(authorization: string): string {
    const [, token = ''] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
    return token;
}
