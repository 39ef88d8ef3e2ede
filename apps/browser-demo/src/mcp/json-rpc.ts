/** A request id of JSON-RPC 2.0. */
export type RpcId = number | string;

/** The `error` of a JSON-RPC reply. */
export interface RpcError {
    code: number;
    message: string;
    /** More details from the server; undefined if it sent none. */
    data: unknown;
}

/** The error code for an unknown method. */
export const METHOD_NOT_FOUND = -32601;

/** A message from the server, by kind. */
export type Incoming =
    | { kind: 'result'; id: RpcId; result: unknown }
    | { kind: 'error'; id: RpcId; error: RpcError }
    | { kind: 'request'; id: RpcId; method: string }
    | { kind: 'notification'; method: string; params: unknown };

/** Parses one JSON-RPC message. Returns `undefined` for any other text. */
export function parseMessage(text: string): Incoming | undefined {
    const message = parseJson(text);
    if (!isRecord(message) || message.jsonrpc !== '2.0') return undefined;
    const { id, method, params, error } = message;

    if (typeof method === 'string')
        return isId(id) ? { kind: 'request', id, method } : { kind: 'notification', method, params };
    if (!isId(id)) return undefined;
    if (isRecord(error)) {
        const { code, message: words, data } = error;
        return {
            kind: 'error',
            id,
            error: { code: typeof code === 'number' ? code : Number.NaN, message: toWords(words), data }
        };
    }
    return 'result' in message ? { kind: 'result', id, result: message.result } : undefined;
}

/** The parsed text, or `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The status of an answer, with the message in its body if that is a JSON-RPC error. */
export function withReason(status: number, text: string): string {
    const body = parseJson(text);
    return isRecord(body) && isRecord(body.error) ? `${status}: ${toWords(body.error.message)}` : String(status);
}

/**
 * Converts a value that should be text. `String` is not safe: it throws if an object has a `toString` that is not a
 * function.
 */
export function toWords(value: unknown): string {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The value if it is text, otherwise `instead`. */
export function textOr(value: unknown, instead = ''): string {
    return typeof value === 'string' ? value : instead;
}

/** Indented JSON. JSON that is nested too deep becomes one line or an ellipsis. */
export function prettyJson(value: unknown): string {
    for (const indent of [2, 0]) {
        try {
            return JSON.stringify(value, null, indent);
        } catch {}
    }
    return '…';
}

/** Whether `value` is a JSON object, neither an array nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a message to send is a request. */
export function isRequest(body: object): body is { id: RpcId; method: string } {
    return 'id' in body && 'method' in body;
}

function isId(value: unknown): value is RpcId {
    return typeof value === 'number' || typeof value === 'string';
}
