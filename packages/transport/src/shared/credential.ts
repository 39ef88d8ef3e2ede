import { hash } from 'node:crypto';
import type { TransportName } from '../server/types.ts';

/**
 * What the broker knows of the credential of a session. The transport is part of it, so that a session answers only on the
 * routes of its transport.
 */
export function toCredentialDigest(transport: TransportName, credential: string | undefined): string {
    return toDigest(`${transport} ${credential === undefined ? '' : `=${credential}`}`);
}

/** What the broker knows of something that may be secret. */
export function toDigest(text: string): string {
    return hash('sha256', text, 'base64');
}
