import { hash } from 'node:crypto';

/** What a key in Redis holds of a token, a cookie or a client's address. */
export function toDigest(text: string): string {
    return hash('sha256', text, 'base64url');
}
