import { hash, timingSafeEqual } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

export type Tokens = ReturnType<typeof createTokens>;

/** The accepted bearer tokens. */
export function createTokens(tokens: readonly string[]) {
    const known = tokens.map((token, index) => ({
        digest: toDigest(token),
        auth: { token, clientId: `token-${index + 1}`, scopes: [] } satisfies AuthInfo
    }));
    return {
        /** Whether requests need a token. */
        areRequired: known.length > 0,
        /** The client of each token. */
        clients: known.map(({ auth }): AuthInfo => auth),
        /** The client that has this token; undefined if the token is not valid. Takes the same time for any token. */
        identify(token: string): AuthInfo | undefined {
            const digest = toDigest(token);
            let found: AuthInfo | undefined;
            // No early exit: the time must not depend on which token matches.
            for (const client of known) if (timingSafeEqual(client.digest, digest)) found = client.auth;
            return found;
        }
    };
}

/** Digests have one length whatever the token's, as `timingSafeEqual` requires. `hash` makes text faster than buffers. */
function toDigest(token: string): Buffer {
    return Buffer.from(hash('sha256', token), 'hex');
}
