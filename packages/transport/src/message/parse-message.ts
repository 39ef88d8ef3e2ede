import type { JSONRPCMessage, JSONRPCNotification, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { envelope, paramsShapes } from './params-shapes.ts';
import { isObject, mustBe, shorten } from './shape.ts';

/** A message, or a call whose params are wrong: `id` is that of the request, `problem` is the error message for the client. */
export type ReceivedMessage =
    | { kind: 'message'; message: JSONRPCMessage }
    | { kind: 'bad-params'; id: RequestId | undefined; problem: string };

/** The result of `parseMessage`. */
export type ParsedMessage = ReceivedMessage | { kind: 'not-a-message'; problem: string };

type Members = Record<string, unknown>;

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
    const isRequest = 'id' in value;
    if (typeof method !== 'string') return notAMessage(mustBe('method', 'a string', method));
    if (isRequest && !isId(id)) return notAMessage(mustBe('id', ID, id));
    const unknown = findUnknown(value, 'jsonrpc', 'id', 'method', 'params');
    if (unknown !== undefined) return notAMessage(unknown);
    if (params === null) value.params = undefined;
    else if (params !== undefined) {
        const problem = isObject(params) ? findBadMeta(params, 'params') : mustBe('params', 'an object', params);
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
        problem = isObject(result) ? findBadMeta(result, 'result') : mustBe('result', 'an object', result);
        if (!isId(id)) problem ??= mustBe('id', ID, id);
        problem ??= findUnknown(value, 'jsonrpc', 'id', 'result');
    } else if ('error' in value) {
        problem = findBadError(error);
        if (id === null) value.id = undefined;
        else if (!isId(id) && id !== undefined) problem ??= mustBe('id', ID, id);
        problem ??= findUnknown(value, 'jsonrpc', 'id', 'error');
    } else problem = 'The message must have a method, a result or an error';
    return problem === undefined ? { kind: 'message', message: value as JSONRPCMessage } : notAMessage(problem);
}

/**
 * The id of the request that a notification cancels, if any. The SDK ignores malformed cancellations and those of the ids 0
 * and "", so these requests stay in flight here too.
 */
export function cancelledBy({ method, params }: JSONRPCNotification): RequestId | undefined {
    if (method !== 'notifications/cancelled' || !params) return undefined;
    const { requestId } = params;
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

/** Longest id or progress token, in characters. Replies and notifications repeat it. */
const MAX_ID_LENGTH = 256;
const ID = `a safe integer or a string of at most ${MAX_ID_LENGTH} characters`;

/** Whether a value can be the id of a request. */
export function isId(value: unknown): value is RequestId {
    return typeof value === 'string' ? value.length <= MAX_ID_LENGTH : Number.isSafeInteger(value);
}

/** The id of a rejected value, for the error response; null if it has no valid id. */
export function readId(value: unknown): RequestId | null {
    const id: unknown = Object(value).id;
    return isId(id) ? id : null;
}

const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/** The problem with the `_meta` of params or a result, if any. */
function findBadMeta(owner: Members, path: string): string | undefined {
    const meta = owner._meta;
    if (meta === undefined) return undefined;
    if (meta === null) owner._meta = undefined;
    else if (!isObject(meta)) return mustBe(`${path}._meta`, 'an object', meta);
    else {
        const { progressToken, [RELATED_TASK]: task } = meta;
        if (progressToken === null) meta.progressToken = undefined;
        else if (progressToken !== undefined && !isId(progressToken)) {
            return mustBe(`${path}._meta.progressToken`, ID, progressToken);
        }
        if (task === null) meta[RELATED_TASK] = undefined;
        else if (task !== undefined && !(isObject(task) && typeof task.taskId === 'string')) {
            return `${path}._meta["${RELATED_TASK}"] must be an object with a taskId`;
        }
        return envelope(meta, `${path}._meta`);
    }
    return undefined;
}

function findBadError(error: unknown): string | undefined {
    if (!isObject(error)) return mustBe('error', 'an object', error);
    if (!Number.isSafeInteger(error.code)) return mustBe('error.code', 'a safe integer', error.code);
    return typeof error.message === 'string' ? undefined : mustBe('error.message', 'a string', error.message);
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
