import { RpcCode, sendRpcError } from '@calc/transport/server';
import express, { type CookieOptions, type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { allowOnly } from './allow-only.ts';
import { COOKIE, cookieOf } from './authenticate.ts';
import type { Reject } from './reject.ts';
import { isSecure } from './require-https.ts';
import { SIGN_IN_MS, type SignIns } from './sign-ins.ts';
import type { Tokens } from './tokens.ts';

export interface SignInOptions {
    tokens: Tokens;
    signIns: SignIns;
    /** Limits how often a client can try tokens. */
    rate: RequestHandler[];
    reject: Reject;
    config: Config;
}

const credentials = z.strictObject({ token: z.string() });

/**
 * `GET /login` answers whether the page has to sign in. `POST /login` takes the token once and sets a cookie that no script
 * can read and no other site can use. `POST /logout` ends the sign-in.
 */
export function signInRoutes({ tokens, signIns, rate, reject, config }: SignInOptions): Router {
    const options = (req: Request): CookieOptions => ({
        httpOnly: true,
        sameSite: 'strict',
        secure: isSecure(req),
        path: config.basePath || '/'
    });
    const router = Router();
    router.get('/login', async (req, res) => {
        const isSignedIn = !tokens.areRequired || (await signIns.find(cookieOf(req))) !== undefined;
        res.set('Cache-Control', 'no-store').json({
            tokenWanted: tokens.areRequired,
            signedIn: isSignedIn,
            // Any other way to find this out would leave an error in the page's console.
            ...(config.teachingFaults && { faults: true })
        });
    });
    router.post('/login', ...rate, express.json({ limit: 10_000 }), async (req, res) => {
        const body = credentials.safeParse(req.body);
        if (!body.success) {
            return sendRpcError(res, 400, RpcCode.InvalidRequest, 'The body must be {"token": "…"}, as JSON');
        }
        const auth = tokens.identify(body.data.token);
        if (!auth) return reject(res, 'wrong-token');
        // A browser that signs in again is the same browser.
        await signIns.remove(cookieOf(req));
        res.cookie(COOKIE, await signIns.add(auth), { ...options(req), maxAge: SIGN_IN_MS });
        res.status(204).end();
    });
    router.post('/logout', async (req, res) => {
        await signIns.remove(cookieOf(req));
        res.clearCookie(COOKIE, options(req));
        res.status(204).end();
    });
    router.all('/login', allowOnly('GET, HEAD, POST'));
    router.all('/logout', allowOnly('POST'));
    return router;
}
