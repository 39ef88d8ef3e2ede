import type { Answer } from './request.ts';

/** A value of an unknown server, of any shape; a check looks at what it needs of it. */
// biome-ignore lint/suspicious/noExplicitAny: the one place that says so
export type Unchecked = any;

interface RpcError {
    code: number;
    message: string;
    data?: unknown;
}

/** A reply as it came; checks look at what they need of the result. */
export interface Reply {
    jsonrpc: '2.0';
    id: string | number | null;
    result?: Unchecked;
    error?: RpcError;
}

/** A notification or request that the server sent by itself. */
export interface Incoming {
    method: string;
    params?: Unchecked;
}

/** Deeper messages overflow the stack of programs that write them again as JSON. */
const MAX_DEPTH = 500;

/** The message in the data of an event; undefined if it is not a JSON object, or one of more than 500 levels. */
export function parse(data: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(data);
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        return isObject && !isDeep(value) ? (value as Record<string, unknown>) : undefined;
    } catch {
        return undefined;
    }
}

function isDeep(value: unknown): boolean {
    const waiting = [{ value, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
        const depth = next.depth + 1;
        if (depth > MAX_DEPTH) return true;
        for (const child of Object.values(next.value ?? {})) {
            if (typeof child === 'object' && child !== null) waiting.push({ value: child, depth });
        }
    }
    return false;
}

/** Whether a message is a reply, a malformed one included. */
export function isReply(message: Record<string, unknown>): boolean {
    return !('method' in message) && ('id' in message || 'result' in message || 'error' in message);
}

/** Whether the response of a POST has the reply, as JSON or as events. */
export function hasReply({ status, body }: Answer): boolean {
    if (status >= 400) return false;
    const events = body.split(/\r\n|\n|\r/).filter(line => line.startsWith('data:'));
    return [body, ...events.map(line => line.slice('data:'.length))].some(text => isReply(parse(text) ?? {}));
}
