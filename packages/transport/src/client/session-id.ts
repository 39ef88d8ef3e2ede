const PARAMETER = /^(session[-_]?id|session|sid)$/i;
/** A UUID, or a long text of letters and digits that no person has chosen. */
const ID = /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}|(?=.*\d)(?=.*[a-z])[\da-z]{20,})$/i;
const SHOWN = 8;

/**
 * The session id in the address that a server of HTTP+SSE wants messages posted to; undefined if there is none to see.
 * Servers put it into the query, as `sessionId`, `session_id` and so on, or into the path.
 */
export function findSessionId({ searchParams, pathname }: URL): string | undefined {
    const parameters = [...searchParams];
    const [, named] = parameters.find(([name, value]) => PARAMETER.test(name) && value !== '') ?? [];
    const candidates = [...pathname.split('/').reverse(), ...parameters.map(([, value]) => value)];
    return named ?? candidates.find(text => ID.test(text));
}

/** A path without whole ids: the id of a session lets its holder post to that session. */
export function hideIds(pathname: string): string {
    const parts = pathname.split('/').map(part => (ID.test(part) ? `${part.slice(0, SHOWN)}…` : part));
    return parts.join('/');
}
