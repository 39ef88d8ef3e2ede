import { randomBytes } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** How long a browser stays signed in, in milliseconds. */
export const SIGN_IN_MS = 12 * 60 * 60 * 1000;
/** Most browsers signed in with one token. One more signs out the oldest browser of the same token. */
const MAX_SIGN_INS = 10_000;

export type SignIns = ReturnType<typeof createSignIns>;

/** Keeps the browsers that have signed in with a token. A page's EventSource can send a cookie, but no Authorization header. */
export function createSignIns(now: () => Date) {
    const signIns = new Map<string, { auth: AuthInfo; until: number }>();
    /** The secrets of each client's browsers, oldest first. */
    const secretsOf = new Map<string, Set<string>>();

    /** Signs a browser out. */
    const remove = (secret: string): void => {
        const signIn = signIns.get(secret);
        if (!signIn) return;
        signIns.delete(secret);
        secretsOf.get(signIn.auth.clientId)?.delete(secret);
    };

    return {
        /** Signs a browser in; returns the secret for its cookie. */
        add(auth: AuthInfo): string {
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
        /** The client that signed in with this cookie; undefined if the sign-in has ended or expired. */
        find(secret: string): AuthInfo | undefined {
            const signIn = signIns.get(secret);
            if (!signIn) return undefined;
            if (signIn.until > now().getTime()) return signIn.auth;
            remove(secret);
            return undefined;
        },
        remove
    };
}
