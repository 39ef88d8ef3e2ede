/** The session id in the endpoint that a stream has named, as the SDKs spell it; empty if there is none. */
export function sessionIdOf({ searchParams }: URL): string {
    return searchParams.get('sessionId') ?? searchParams.get('session_id') ?? '';
}
