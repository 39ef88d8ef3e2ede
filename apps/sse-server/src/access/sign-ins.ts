import { randomBytes } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** How long a browser stays signed in, in milliseconds. */
const SIGN_IN_MS = 12 * 60 * 60 * 1000;
/** Most browsers signed in with one token. One more signs out the oldest browser of the same token. */
const MAX_SIGN_INS = 10_000;

/** Browsers that have signed in with a token. A page's EventSource can send a cookie, but no Authorization header. */
export interface SignIns {
    /** How long a browser stays signed in, in milliseconds. */
    readonly durationMs: number;
    /** Signs a browser in; returns the secret for its cookie. */
    add(auth: AuthInfo): string;
    /** The client that signed in with this cookie; undefined if the sign-in has ended or expired. */
    find(secret: string): AuthInfo | undefined;
    /** Signs a browser out. */
    remove(secret: string): void;
}

export function createSignIns(now: () => Date): SignIns {
    const signIns = new Map<string, { auth: AuthInfo; until: number }>();
    /** The secrets of each client's browsers, oldest first. */
    const secretsOf = new Map<string, Set<string>>();

    const remove = (secret: string) => {
        const signIn = signIns.get(secret);
        if (!signIn) return;
        signIns.delete(secret);
        secretsOf.get(signIn.auth.clientId)?.delete(secret);
    };

    return {
        durationMs: SIGN_IN_MS,
        add(auth) {
            const secrets = secretsOf.get(auth.clientId) ?? new Set();
            secretsOf.set(auth.clientId, secrets);
            const [oldest] = secrets;
            if (secrets.size >= MAX_SIGN_INS && oldest !== undefined) remove(oldest);
            // 256 random bits cannot be guessed, so the time of a look-up reveals nothing useful.
            const secret = randomBytes(32).toString('base64url');
            signIns.set(secret, { auth, until: now().getTime() + SIGN_IN_MS });
            secrets.add(secret);
            return secret;
        },
        find(secret) {
            const signIn = signIns.get(secret);
            if (!signIn) return undefined;
            if (signIn.until > now().getTime()) return signIn.auth;
            remove(secret);
            return undefined;
        },
        remove
    };
}
