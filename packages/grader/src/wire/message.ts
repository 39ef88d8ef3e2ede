import type { Answer } from './request.ts';

/** The message in the data of an event; undefined if it is not a JSON object. */
export function parse(data: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(data);
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        return isObject ? (value as Record<string, unknown>) : undefined;
    } catch {
        return undefined;
    }
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
