/** What JSON-RPC 2.0 lets a client and a server tell them apart by. */
export type RpcId = number | string;

/** How JSON-RPC says that a request failed. */
export interface RpcError {
    code: number;
    message: string;
    /** What the server says besides; undefined if nothing. */
    data: unknown;
}

/** The code of an error for a method that nobody knows there. */
export const METHOD_NOT_FOUND = -32601;

/** A message from the server, by what it wants of us. */
export type Incoming =
    | { kind: 'result'; id: RpcId; result: unknown }
    | { kind: 'error'; id: RpcId; error: RpcError }
    | { kind: 'request'; id: RpcId; method: string }
    | { kind: 'notification'; method: string; params: unknown };

/** Reads one JSON-RPC message; `undefined` if the text is none, as there is nobody to complain to. */
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

/** What the body of a refusal says; `undefined` if it is no JSON-RPC error. */
export function errorMessage(text: string): string | undefined {
    const body = parseJson(text);
    return isRecord(body) && isRecord(body.error) ? toWords(body.error.message) : undefined;
}

/** The status of an answer, and what its body says if that is an error of JSON-RPC. */
export function withReason(status: number, text: string): string {
    const reason = errorMessage(text);
    return reason === undefined ? String(status) : `${status}: ${reason}`;
}

/** What should be a text and may be anything; `String` throws for objects with a `toString` of the server's. */
export function toWords(value: unknown): string {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** JSON for people, over several lines; on one line, or as an ellipsis, where it is nested too deep for that. */
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

function isId(value: unknown): value is RpcId {
    return typeof value === 'number' || typeof value === 'string';
}
