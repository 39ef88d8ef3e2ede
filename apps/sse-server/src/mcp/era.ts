import type { IncomingMessage } from 'node:http';
import {
    classifyInboundRequest,
    PROTOCOL_VERSION_META_KEY,
    SUPPORTED_PROTOCOL_VERSIONS
} from '@modelcontextprotocol/server';

/** The revisions with sessions. A header that names none of them may be a newer one, or nonsense. */
const sessionful = new Set<unknown>([undefined, ...SUPPORTED_PROTOCOL_VERSIONS.filter(version => version < '2026')]);

/**
 * Whether a message posted to /mcp is of the stateless revisions (2026-07-28 and later) and not of those with sessions.
 * What is no single JSON-RPC message is not: the older side has answers for it.
 *
 * The SDK decides, as it does in `isLegacyRequest`. It is not asked about a message that names no such revision, neither
 * in its header nor in its envelope, since its rules leave no doubt there, and most messages are of that kind.
 */
export function isStateless({ headers }: IncomingMessage, body: unknown): boolean {
    const version = headers['mcp-protocol-version'] || undefined;
    if (sessionful.has(version) && !claimsVersion(body)) return false;
    // Headers that contradict the body make no difference here: `createMcpHandler` finds and refuses them.
    const named = version === undefined ? {} : { protocolVersionHeader: String(version) };
    const outcome = classifyInboundRequest({ httpMethod: 'POST', body, ...named });
    return outcome.kind === 'modern' || (outcome.kind === 'reject' && outcome.rung !== 'jsonrpc-shape');
}

/** The envelope of a stateless request is in `params._meta` (2026-07-28, Base Protocol). */
function claimsVersion(body: unknown): boolean {
    const meta: unknown = Object(Object(body).params)._meta;
    return typeof meta === 'object' && meta !== null && PROTOCOL_VERSION_META_KEY in meta;
}
