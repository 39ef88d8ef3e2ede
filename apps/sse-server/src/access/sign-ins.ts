import { randomBytes } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** How long a browser stays signed in, in milliseconds. */
const SIGN_IN_MS = 12 * 60 * 60 * 1000;
/** Most browsers signed in with one token. One more signs out the oldest of that token, and no browser of another token. */
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
            // 256 random bits are not guessed, however long a look-up takes.
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
