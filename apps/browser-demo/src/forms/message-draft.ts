import { isRecord, parseJson, prettyJson } from '../mcp/json-rpc.ts';
import { findJsonMistake, type JsonMistake } from './json-mistake.ts';

/**
 * A message to edit: indented, and with a new id if it is a request, so that its reply is not taken for that of the
 * first one.
 */
export function toDraft(body: string, id: string): string {
    const message = parseJson(body);
    if (message === undefined) return body;
    const isRequest = isRecord(message) && 'method' in message && 'id' in message;
    return prettyJson(isRequest ? withId(message, id) : message);
}

/** The message that the user wrote. Without one, the mistake; without either, the text is JSON but not an object. */
export function readDraft(text: string): { message?: object; mistake?: JsonMistake } {
    const mistake = findJsonMistake(text);
    if (mistake) return { mistake };
    const message = parseJson(text);
    return typeof message === 'object' && message !== null ? { message } : {};
}

function withId(request: Record<string, unknown>, id: string): object {
    const { params } = request;
    const meta = isRecord(params) ? params._meta : undefined;
    // The page uses the id of a request as its progress token.
    if (!isRecord(params) || !isRecord(meta) || meta.progressToken !== request.id) return { ...request, id };
    return { ...request, id, params: { ...params, _meta: { ...meta, progressToken: id } } };
}
