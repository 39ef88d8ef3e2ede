import { ErrorCode, type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { SseClientError } from './client-error.ts';

/** Longest part of an unusable message that an error shows, in characters. */
const SHOWN = 60;

/**
 * The message in the text of an event. A broken reply becomes an error reply with the same id, so that its request does
 * not wait for ever.
 *
 * @throws {SseClientError} `not-a-message` if the text is neither.
 */
export function parseMessage(text: string): JSONRPCMessage {
    const value = parseJson(text);
    const { success, data } = JSONRPCMessageSchema.safeParse(value);
    if (success) return data;
    const { id, method } = Object(value);
    if (method === undefined && (typeof id === 'string' || typeof id === 'number')) {
        const error = {
            code: ErrorCode.ConnectionClosed,
            message: 'the server sent a reply that is neither a result nor an error'
        };
        return { jsonrpc: '2.0', id, error: { ...error, data: { code: 'not-a-message' } } };
    }
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
    throw new SseClientError('not-a-message', `not a JSON-RPC message: ${shown}`);
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
