/** The session id in an endpoint, in either spelling of the SDKs; empty if there is none. */
export function sessionIdOf({ searchParams }: URL): string {
    return searchParams.get('sessionId') ?? searchParams.get('session_id') ?? '';
}
