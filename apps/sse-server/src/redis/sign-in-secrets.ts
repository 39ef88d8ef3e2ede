import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const RANDOM_BYTES = 22;
const TIME_BYTES = 6;
const CLAIM_BYTES = RANDOM_BYTES + TIME_BYTES;
/** With the 32 bytes of SHA-256, 60 bytes in all: base64 has no spare bits, so that one secret has one text. */
const SHAPE = /^[\w-]{80}$/;

/**
 * The secrets in the cookies of browsers that signed in with one token: random bytes, the time of expiry, and an HMAC of
 * both. A process that has the token can tell without Redis that it is genuine, but not whether the browser has signed out.
 */
export function createSignInSecrets(token: string) {
    const key = Buffer.from(hkdfSync('sha256', token, '', 'sign-in cookie of mcp-calculator', 32));
    const sign = (claims: Buffer) => createHmac('sha256', key).update(claims).digest();
    return {
        /** @param until when it expires, in milliseconds since 1970. */
        make(until: number): string {
            const claims = randomBytes(CLAIM_BYTES);
            claims.writeUIntBE(until, RANDOM_BYTES, TIME_BYTES);
            return Buffer.concat([claims, sign(claims)]).toString('base64url');
        },
        /** When a secret expires, in milliseconds since 1970; undefined if it was not made with this token. */
        expiryOf(secret: string): number | undefined {
            if (!SHAPE.test(secret)) return undefined;
            const bytes = Buffer.from(secret, 'base64url');
            const claims = bytes.subarray(0, CLAIM_BYTES);
            if (!timingSafeEqual(sign(claims), bytes.subarray(CLAIM_BYTES))) return undefined;
            return claims.readUIntBE(RANDOM_BYTES, TIME_BYTES);
        }
    };
}
