import { randomBytes } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** How long a browser stays signed in, in milliseconds. */
const SIGN_IN_MS = 12 * 60 * 60 * 1000;
/** More browsers than that, and the one that signed in first has to do so again. */
const MAX_SIGN_INS = 10_000;

/** Browsers that have shown a token: a page's EventSource can send a cookie, and no Authorization header. */
export interface SignIns {
    /** How long a browser stays signed in, in milliseconds. */
    readonly durationMs: number;
    /** Remembers a browser; returns the secret for its cookie. */
    add(auth: AuthInfo): string;
    /** Who signed in with that cookie, unless that was too long ago or has ended. */
    find(secret: string): AuthInfo | undefined;
    /** Forgets a browser. */
    remove(secret: string): void;
}

export function createSignIns(now: () => Date): SignIns {
    const signIns = new Map<string, { auth: AuthInfo; until: number }>();

    return {
        durationMs: SIGN_IN_MS,
        add(auth) {
            const [oldest] = signIns.keys();
            if (signIns.size >= MAX_SIGN_INS && oldest !== undefined) signIns.delete(oldest);
            // 256 random bits are not guessed, however long a look-up takes.
            const secret = randomBytes(32).toString('base64url');
            signIns.set(secret, { auth, until: now().getTime() + SIGN_IN_MS });
            return secret;
        },
        find(secret) {
            const signIn = signIns.get(secret);
            if (!signIn) return undefined;
            if (signIn.until > now().getTime()) return signIn.auth;
            signIns.delete(secret);
            return undefined;
        },
        remove(secret) {
            signIns.delete(secret);
        }
    };
}
