import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';

/** Most bytes of an `initialize` request, which is kept as long as its session. */
const MAX_INITIALIZE_BYTES = 64 * 1024;

const INITIALIZE_TOO_LARGE = `initialize may have at most ${MAX_INITIALIZE_BYTES} bytes; send less in capabilities and clientInfo`;
const OUTCOME_UNKNOWN =
    'The server that ran the request has stopped, and it is not known whether it was done; check before you send it again';

/**
 * The error that answers a request which the server may not get; undefined if it may.
 *
 * @param bytes size of the request.
 * @param mayHaveRun whether a former owner may have run it, and it may not run twice.
 */
export function toRefusal({ method }: JSONRPCRequest, bytes: number, mayHaveRun: boolean) {
    if (method === 'initialize' && bytes > MAX_INITIALIZE_BYTES) {
        return { code: RpcCode.InvalidParams, message: INITIALIZE_TOO_LARGE };
    }
    return mayHaveRun ? { code: RpcCode.OutcomeUnknown, message: OUTCOME_UNKNOWN } : undefined;
}
