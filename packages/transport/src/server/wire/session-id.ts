/** The shape of a session id: a UUID, in lower case. */
export const UUID = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
const SESSION_ID = new RegExp(`^${UUID}$`, 'i');

/** Whether the text has the shape of a session id, in any letter case. */
export function isSessionId(text: string): boolean {
    return SESSION_ID.test(text);
}

const QUERY = '?sessionId=';
const UUID_LENGTH = 36;

/** The value of the URL's only `sessionId` parameter, unchecked; undefined if there is none or more than one. */
export function parseSessionId(url: string): string | undefined {
    const query = url.indexOf('?');
    if (query === -1) return undefined;
    const start = query + QUERY.length;
    // Fast path: the URL exactly as the endpoint event gave it.
    if (url.length === start + UUID_LENGTH && url.startsWith(QUERY, query)) return url.slice(start);
    const [id, ...others] = new URLSearchParams(url.slice(query)).getAll('sessionId');
    return others.length === 0 ? id : undefined;
}
