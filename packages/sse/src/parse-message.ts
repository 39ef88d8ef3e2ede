import type { JSONRPCMessage, JSONRPCNotification, RequestId } from '@modelcontextprotocol/sdk/types.js';

/** What a posted value turned out to be; 'bad-params' is a message whose params alone are wrong. */
export type ParsedMessage =
    | { kind: 'message'; message: JSONRPCMessage }
    | { kind: 'bad-params'; id: string | number | undefined }
    | undefined;

type Members = Readonly<Record<string, unknown>>;

/**
 * Tells whether a value is one JSON-RPC 2.0 message as MCP has them (no batch, params by name, ids never null).
 *
 * It says what the SDK's `JSONRPCMessageSchema` says and costs a tenth, since no branch of a union has to fail first.
 * A test holds the two together. What passes is handed on as it is, not copied.
 */
export function parseMessage(value: unknown): ParsedMessage {
    if (!isObject(value) || value.jsonrpc !== '2.0') return undefined;
    return 'method' in value ? parseCall(value) : parseResponse(value);
}

function parseCall(value: Members): ParsedMessage {
    const { method, id, params } = value;
    const isRequest = 'id' in value;
    if (typeof method !== 'string' || (isRequest && !isId(id))) return undefined;
    if (!hasOnly(value, 'jsonrpc', 'id', 'method', 'params')) return undefined;
    if (params === undefined) return { kind: 'message', message: value as JSONRPCMessage };
    // Params by position are JSON-RPC, and no method of MCP takes any.
    if (typeof params !== 'object' || params === null) return undefined;
    if (Array.isArray(params) || !isMeta((params as Members)._meta)) {
        return { kind: 'bad-params', id: isId(id) ? id : undefined };
    }
    return { kind: 'message', message: value as JSONRPCMessage };
}

function parseResponse(value: Members): ParsedMessage {
    const { id, result, error } = value;
    const isResult = isId(id) && isObject(result) && isMeta(result._meta) && hasOnly(value, 'jsonrpc', 'id', 'result');
    const isError =
        (isId(id) || id === undefined) &&
        isObject(error) &&
        Number.isSafeInteger(error.code) &&
        typeof error.message === 'string' &&
        hasOnly(value, 'jsonrpc', 'id', 'error');
    return isResult || isError ? { kind: 'message', message: value as JSONRPCMessage } : undefined;
}

/**
 * The request that a notification cancels, if it does. As strict as the SDK, which pays no heed to a cancellation that
 * is malformed, nor to one of the ids 0 and "": what goes on there must count as in flight here.
 */
export function cancelledBy({ method, params }: JSONRPCNotification): RequestId | undefined {
    if (method !== 'notifications/cancelled' || !params) return undefined;
    const { requestId, reason } = params;
    const isHeeded = isId(requestId) && Boolean(requestId) && (reason === undefined || typeof reason === 'string');
    return isHeeded ? requestId : undefined;
}

/** The id of the request that will get a reply, if the message is one. */
export function replyTo(parsed: NonNullable<ParsedMessage>): RequestId | undefined {
    if (parsed.kind === 'bad-params') return parsed.id;
    const { message } = parsed;
    return 'method' in message && 'id' in message ? message.id : undefined;
}

function isObject(value: unknown): value is Members {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is string | number {
    return typeof value === 'string' || Number.isSafeInteger(value);
}

function isMeta(value: unknown): boolean {
    if (value === undefined) return true;
    if (!isObject(value)) return false;
    const { progressToken, 'io.modelcontextprotocol/related-task': task } = value;
    if (progressToken !== undefined && !isId(progressToken)) return false;
    return task === undefined || (isObject(task) && typeof task.taskId === 'string');
}

function hasOnly(value: Members, a: string, b: string, c: string, d = c): boolean {
    for (const key in value) {
        if (key !== a && key !== b && key !== c && key !== d) return false;
    }
    return true;
}
