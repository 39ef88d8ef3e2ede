import { ErrorCode, type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { TransportError } from '../transport-error.ts';

/** How much of an invalid message an error shows, in characters. */
const SHOWN = 60;

/**
 * Parses the text of an event. An invalid reply becomes an error reply with the same id, so that its request fails;
 * `text` is then the text of that reply.
 *
 * @throws {TransportError} `not-a-message` if the text is neither.
 */
export function parseMessage(text: string): { message: JSONRPCMessage; text: string } {
    const value = parseJson(text);
    const { success, data } = JSONRPCMessageSchema.safeParse(value);
    if (success) return { message: data, text };
    const { id, method } = Object(value);
    if (method === undefined && (typeof id === 'string' || typeof id === 'number')) {
        const error = {
            code: ErrorCode.ConnectionClosed,
            message: 'the server sent a reply that is neither a result nor an error',
            data: { code: 'not-a-message' }
        };
        const message: JSONRPCMessage = { jsonrpc: '2.0', id, error };
        return { message, text: JSON.stringify(message) };
    }
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
    throw new TransportError('not-a-message', `not a JSON-RPC message: ${shown}`);
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
