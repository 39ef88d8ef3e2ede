import { timingSafeEqual } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** The tokens that let in. */
export interface Tokens {
    /** Whether anybody is asked for one. */
    readonly areWanted: boolean;
    /** Who it is that shows this token; undefined for a stranger. Takes the same time whatever is wrong with it. */
    identify(token: string): AuthInfo | undefined;
}

/** Room for the length of a token, before its text, which is ASCII. */
const LENGTH_BYTES = 4;

/**
 * Keeps each token in a buffer with its length in front, all as long as the longest has need of: what is shown is
 * written to one more of that size, and compared as a whole.
 */
export function createTokens(tokens: readonly string[]): Tokens {
    const size = LENGTH_BYTES + Math.max(0, ...tokens.map(token => token.length));
    const known = tokens.map((token, index) => ({
        padded: pad(token, Buffer.alloc(size)),
        auth: { token, clientId: `token-${index + 1}`, scopes: [] } satisfies AuthInfo
    }));
    const shown = Buffer.alloc(size);
    return {
        areWanted: known.length > 0,
        identify(token) {
            pad(token, shown);
            let found: AuthInfo | undefined;
            // To the end, whichever it is.
            for (const { padded, auth } of known) if (timingSafeEqual(padded, shown)) found = auth;
            return found;
        }
    };
}

/** What is longer than any token differs in its length, so that the rest of it need not fit. */
function pad(token: string, buffer: Buffer): Buffer {
    buffer.fill(0);
    buffer.writeUInt32LE(token.length);
    buffer.write(token, LENGTH_BYTES);
    return buffer;
}
