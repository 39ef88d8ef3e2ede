import { findExcess, isId, type MessageBounds, parseJson, parseMessage, RpcCode } from '@calc/transport/message';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import type { Line } from './read-lines.ts';

/** The error that answers a line. `id` is that of the request, or null if the line has none. */
export interface Rejection {
    id: RequestId | null;
    code: number;
    message: string;
}

/** Parses a line into one JSON-RPC message, with the checks of a POST over HTTP. Returns undefined for a blank line. */
export function readMessage(
    line: Line,
    limits: MessageBounds
): { message: JSONRPCMessage } | { rejection: Rejection } | undefined {
    if (line === 'too-long') {
        return reject(
            RpcCode.InvalidRequest,
            `The message is too large; a line may have ${limits.maxMessageBytes} bytes`
        );
    }
    const text = line.bytes.toString();
    if (text.trim() === '') return undefined;
    const excess = findExcess(text, limits);
    if (excess !== undefined) return reject(RpcCode.InvalidRequest, excess);
    const value = parseJson(text, line.bytes);
    if (value === undefined) return reject(RpcCode.ParseError, 'The line is not JSON in UTF-8');
    const parsed = parseMessage(value);
    if (parsed.kind === 'message') return { message: parsed.message as JSONRPCMessage };
    if (parsed.kind === 'bad-params') return reject(RpcCode.InvalidParams, parsed.problem, parsed.id);
    return reject(RpcCode.InvalidRequest, parsed.problem, readRequestId(value));
}

/** The id of an invalid request; null for an invalid response, whose id belongs to a request of the server. */
function readRequestId(value: unknown): RequestId | null {
    const { id, method }: { id?: unknown; method?: unknown } = Object(value);
    return method !== undefined && isId(id) ? id : null;
}

function reject(code: number, message: string, id: RequestId | null = null): { rejection: Rejection } {
    return { rejection: { id, code, message } };
}
