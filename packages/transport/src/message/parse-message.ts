import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { paramsShapes, rpcError, withMeta } from './params-shapes.ts';
import { isId, isObject, type Members, mustBe, requestId, shorten } from './shape.ts';

/** A message, or a call whose params are wrong: `id` is that of the request, `problem` is the error message for the client. */
export type ReceivedMessage =
    | { kind: 'message'; message: JSONRPCMessage }
    | { kind: 'bad-params'; id: RequestId | undefined; problem: string };

/** The result of `parseMessage`. */
export type ParsedMessage = ReceivedMessage | { kind: 'not-a-message'; problem: string };

/**
 * Checks whether a value is one JSON-RPC 2.0 message as MCP requires it: not a batch, params by name, no null id.
 *
 * It accepts what the SDK's `JSONRPCMessageSchema` accepts and takes a tenth of the time. It also accepts null for optional
 * members, which Java and C# clients write, and sets them to undefined in `value`. The message is `value` itself, not a
 * copy. Params with lists or records are checked here too, because the SDK would collect and repeat every mistake.
 */
export function parseMessage(value: unknown): ParsedMessage {
    if (!isObject(value)) return notAMessage(Array.isArray(value) ? BATCH : mustBe('The message', 'an object', value));
    if (value.jsonrpc !== '2.0') return notAMessage(mustBe('jsonrpc', '"2.0"', value.jsonrpc));
    return 'method' in value ? parseCall(value) : parseResponse(value);
}

const BATCH = 'A batch is not accepted; send its messages one by one';

function parseCall(value: Members): ParsedMessage {
    const { method, id, params } = value;
    if (typeof method !== 'string') return notAMessage(mustBe('method', 'a string', method));
    const mistake =
        ('id' in value ? requestId(id, 'id') : undefined) ?? findUnknown(value, 'jsonrpc', 'id', 'method', 'params');
    if (mistake !== undefined) return notAMessage(mistake);
    if (params === null) value.params = undefined;
    else if (params !== undefined) {
        const problem = withMeta(params, 'params');
        if (problem !== undefined) return badParams(id, problem);
    }
    const problem = paramsShapes.get(method)?.(value.params ?? {}, 'params');
    if (problem !== undefined) return badParams(id, problem);
    return { kind: 'message', message: value as JSONRPCMessage };
}

function parseResponse(value: Members): ParsedMessage {
    const { id, result, error } = value;
    let problem: string | undefined;
    if ('result' in value) {
        problem = withMeta(result, 'result') ?? requestId(id, 'id') ?? findUnknown(value, 'jsonrpc', 'id', 'result');
    } else if ('error' in value) {
        if (id === null) value.id = undefined;
        problem = rpcError(error, 'error');
        if (id !== null && id !== undefined) problem ??= requestId(id, 'id');
        problem ??= findUnknown(value, 'jsonrpc', 'id', 'error');
    } else problem = 'The message must have a method, a result or an error';
    return problem === undefined ? { kind: 'message', message: value as JSONRPCMessage } : notAMessage(problem);
}

/**
 * The id of the request that a message cancels, if any. The SDK ignores malformed cancellations and those of the ids 0
 * and "", so these requests stay in flight here too.
 */
export function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
    if (!('method' in message) || message.method !== 'notifications/cancelled' || 'id' in message) return undefined;
    const requestId = message.params?.requestId;
    return isId(requestId) && requestId ? requestId : undefined;
}

/** Whether a message opens a session (MCP, Lifecycle, Initialization). */
export function isOpening(message: JSONRPCMessage): boolean {
    if (!('method' in message)) return false;
    return message.method === 'initialize' || message.method === 'notifications/initialized';
}

/** The id that a reply to the message must have; undefined if the message is not a request. */
export function replyTo(parsed: ReceivedMessage): RequestId | undefined {
    if (parsed.kind === 'bad-params') return parsed.id;
    const { message } = parsed;
    return 'method' in message && 'id' in message ? message.id : undefined;
}

/** The id of a rejected value, for the error response; null if it has no valid id. */
export function readId(value: unknown): RequestId | null {
    const id: unknown = Object(value).id;
    return isId(id) ? id : null;
}

/** Longest id in an error message, in characters. */
const LONGEST_ID = 100;

/** The error message for a request whose id is that of another request in flight. */
export function toIdInFlightMessage(id: RequestId): string {
    const shown = shorten(JSON.stringify(id), LONGEST_ID);
    return `The id ${shown} belongs to a request that is not answered yet; give each request an id of its own`;
}

function findUnknown(value: Members, a: string, b: string, c: string, d = c): string | undefined {
    for (const key in value) {
        if (key !== a && key !== b && key !== c && key !== d) {
            return `Unknown member ${JSON.stringify(shorten(key))}; put it into params, or leave it out`;
        }
    }
    return undefined;
}

function notAMessage(problem: string): ParsedMessage {
    return { kind: 'not-a-message', problem };
}

function badParams(id: unknown, problem: string): ParsedMessage {
    return { kind: 'bad-params', id: isId(id) ? id : undefined, problem };
}
