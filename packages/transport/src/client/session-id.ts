const PARAMETER = /^(session[-_]?id|session|sid)$/i;
/** A UUID, or a long text of letters and digits that looks random. */
const ID = /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}|(?=.*\d)(?=.*[a-z])[\da-z]{20,})$/i;
const SHOWN = 8;

/**
 * Finds the session id in the endpoint of an HTTP+SSE server. Servers put it into the query, as `sessionId`, `session_id`
 * and so on, or into the path.
 */
export function findSessionId({ searchParams, pathname }: URL): string | undefined {
    const parameters = [...searchParams];
    const [, named] = parameters.find(([name, value]) => PARAMETER.test(name) && value !== '') ?? [];
    const candidates = [...pathname.split('/').reverse(), ...parameters.map(([, value]) => value)];
    return named ?? candidates.find(text => ID.test(text));
}

/** Shortens the ids in a path, because a session id allows its holder to post to the session. */
export function hideIds(pathname: string): string {
    const parts = pathname.split('/').map(part => (ID.test(part) ? `${part.slice(0, SHOWN)}…` : part));
    return parts.join('/');
}
