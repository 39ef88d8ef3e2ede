import { describeFailure } from '@calc/transport/client';

const reasons = new Map([
    ['ENOTFOUND', 'host not found; check the name in --url'],
    ['EAI_AGAIN', 'host not found; check the name in --url, and the network'],
    ['ECONNRESET', 'the connection was reset'],
    ['UND_ERR_SOCKET', 'the connection was closed before an answer came'],
    ['EHOSTUNREACH', 'no route to the host'],
    ['ETIMEDOUT', 'the host does not answer']
]);

/** Explains why fetch failed. Its own message is `fetch failed`; the reason is in the cause. */
export function describeNetworkError(error: unknown, url: URL): string {
    const code = Object(Object(error).cause ?? error).code;
    if (code === 'ECONNREFUSED') {
        const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
        return `connection refused; is the server running?${isLocal ? ' start it with npm start' : ''}`;
    }
    return reasons.get(code) ?? describeFailure(error);
}
