import { randomBytes } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** How long a browser stays signed in, in milliseconds. */
export const SIGN_IN_MS = 12 * 60 * 60 * 1000;
/** Most browsers signed in with one token. One more signs out the oldest browser of the same token. */
export const MAX_SIGN_INS = 10_000;

/** The browsers that have signed in with a token. Each method may reject with `SignInsUnavailable`. */
export interface SignIns {
    /** Signs a browser in. Returns the secret for its cookie. */
    add(auth: AuthInfo): Promise<string>;
    /** The client that signed in with this cookie; undefined if the sign-in has ended or expired. */
    find(secret: string): AuthInfo | undefined | Promise<AuthInfo | undefined>;
    /** Signs the browser with this cookie out, if it has signed in. */
    remove(secret: string): Promise<void>;
}

/** What keeps the sign-ins does not answer. */
export class SignInsUnavailable extends Error {
    override name = 'SignInsUnavailable';
}

/** A browser that signed in, or signed out. */
export interface SignInChange {
    secret: string;
    /** Undefined: signed out. */
    signIn?: SignIn | undefined;
}

interface SignIn {
    auth: AuthInfo;
    /** When it expires, in milliseconds since 1970. */
    until: number;
}

/** The secret of a new cookie. 256 random bits cannot be guessed, so the time of a look-up reveals nothing useful. */
function makeSecret(): string {
    return randomBytes(32).toString('base64url');
}

/**
 * Keeps the browsers that have signed in with a token. A page's EventSource can send a cookie, but no Authorization header.
 *
 * @param share resolves when all workers know of the change, so that the browser's next request may reach any of them.
 */
export function createSignIns(now: () => Date, share?: (change: SignInChange) => Promise<unknown> | undefined) {
    const bySecret = new Map<string, SignIn>();
    /** The secrets of each client's browsers, oldest first. */
    const secretsOf = new Map<string, Set<string>>();

    /** Signs a browser out. */
    const remove = (secret: string): void => {
        const signIn = bySecret.get(secret);
        if (!signIn) return;
        bySecret.delete(secret);
        secretsOf.get(signIn.auth.clientId)?.delete(secret);
    };
    const put = (secret: string, signIn: SignIn): void => {
        const { clientId } = signIn.auth;
        const secrets = secretsOf.get(clientId) ?? new Set();
        secretsOf.set(clientId, secrets);
        const [oldest] = secrets;
        if (secrets.size >= MAX_SIGN_INS && oldest !== undefined) remove(oldest);
        bySecret.set(secret, signIn);
        secrets.add(secret);
    };

    const signIns: SignIns = {
        async add(auth) {
            const secret = makeSecret();
            const signIn = { auth, until: now().getTime() + SIGN_IN_MS };
            put(secret, signIn);
            await share?.({ secret, signIn });
            return secret;
        },
        find(secret) {
            const signIn = bySecret.get(secret);
            if (!signIn) return undefined;
            if (signIn.until > now().getTime()) return signIn.auth;
            remove(secret);
            return undefined;
        },
        async remove(secret) {
            if (!bySecret.has(secret)) return;
            remove(secret);
            await share?.({ secret });
        }
    };
    return {
        ...signIns,
        /** Takes over what happened at another worker. */
        apply({ secret, signIn }: SignInChange): void {
            if (signIn) put(secret, signIn);
            else remove(secret);
        },
        /** All browsers that are signed in. */
        list: (): SignInChange[] => [...bySecret].map(([secret, signIn]) => ({ secret, signIn }))
    };
}
