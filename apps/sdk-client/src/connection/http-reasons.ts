const reasons = new Map([
    ['ENOTFOUND', 'host not found; check the name in --url'],
    ['EAI_AGAIN', 'host not found; check the name in --url, and the network'],
    ['ECONNRESET', 'the connection was reset'],
    ['UND_ERR_SOCKET', 'the connection was closed before an answer came'],
    ['EHOSTUNREACH', 'no route to the host'],
    ['ETIMEDOUT', 'the host does not answer']
]);

/** Why fetch failed, in words: it says `fetch failed`, and hides the reason in the cause. */
export function describeNetworkError(error: unknown, url: URL): string {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof Error)) return String(cause);
    const code = String(Reflect.get(cause, 'code'));
    if (code === 'ECONNREFUSED') {
        const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
        return `connection refused; is the server running?${isLocal ? ' start it with npm start' : ''}`;
    }
    return reasons.get(code) ?? cause.message;
}

/** The message of the JSON-RPC error that a refusal carries, as ` (message)`; empty if it carries none. */
export async function readReason(response: Response): Promise<string> {
    if (!response.headers.get('content-type')?.startsWith('application/json')) return '';
    try {
        // A copy, since the transport reads the body too.
        const body: unknown = await response.clone().json();
        const message = field(field(body, 'error'), 'message');
        return typeof message === 'string' ? ` (${message})` : '';
    } catch {
        return '';
    }
}

function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
