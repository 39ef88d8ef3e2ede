import type { IncomingMessage } from 'node:http';
import {
    classifyInboundRequest,
    PROTOCOL_VERSION_META_KEY,
    SUPPORTED_PROTOCOL_VERSIONS
} from '@modelcontextprotocol/server';

/** The values of `MCP-Protocol-Version` in revisions with sessions. Any other value may be a newer revision or invalid. */
const sessionful = new Set<unknown>([undefined, ...SUPPORTED_PROTOCOL_VERSIONS.filter(version => version < '2026')]);

/**
 * Whether a message posted to /mcp belongs to the stateless revisions (2026-07-28 and later). A body that is not a single
 * JSON-RPC message does not: the revisions with sessions answer it.
 *
 * The SDK decides, as in its `isLegacyRequest`. Most messages name no such revision, neither in the header nor in the
 * envelope. They are not stateless by the SDK's rules, so the SDK is not asked.
 */
export function isStateless({ headers }: IncomingMessage, body: unknown): boolean {
    const version = headers['mcp-protocol-version'] || undefined;
    if (sessionful.has(version) && !claimsVersion(body)) return false;
    // Headers may contradict the body; `createMcpHandler` rejects such requests.
    const named = version === undefined ? {} : { protocolVersionHeader: String(version) };
    const outcome = classifyInboundRequest({ httpMethod: 'POST', body, ...named });
    return outcome.kind === 'modern' || (outcome.kind === 'reject' && outcome.rung !== 'jsonrpc-shape');
}

/** The envelope of a stateless request is in `params._meta` (2026-07-28, Base Protocol). */
function claimsVersion(body: unknown): boolean {
    const meta: unknown = Object(Object(body).params)._meta;
    return typeof meta === 'object' && meta !== null && PROTOCOL_VERSION_META_KEY in meta;
}
