import { hash } from 'node:crypto';
import type { ResolvedOptions } from '../server/options.ts';
import type { McpRequest, TransportName } from '../server/types.ts';

/**
 * What the broker knows of the credential of a session. The transport is part of it, so that a session answers only on the
 * routes of its transport.
 */
export function toCredential(
    { options }: { options: ResolvedOptions },
    transport: TransportName,
    req: McpRequest
): string {
    const credential = options.credentialOf(req);
    return toDigest(`${transport} ${credential === undefined ? '' : `=${credential}`}`);
}

/** What the broker knows of something that may be secret. */
export function toDigest(text: string): string {
    return hash('sha256', text, 'base64');
}
