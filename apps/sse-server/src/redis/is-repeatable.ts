import { tools } from '@calc/tools';
import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';

/**
 * Whether a request may run again after the process that ran it has gone: all but calls of tools that their annotations do
 * not call read-only or idempotent.
 */
export function isRepeatable({ method, params }: JSONRPCRequest): boolean {
    if (method !== 'tools/call') return true;
    const annotations = tools.find(({ name }) => name === params?.name)?.annotations;
    return annotations !== undefined && (annotations.readOnlyHint || annotations.idempotentHint);
}
