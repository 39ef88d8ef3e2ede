import type { IncomingMessage } from 'node:http';

/** Simulates clients without network, by session. */
export function createOutages() {
    const until = new Map<string, number>();
    return {
        begin(sessionId: string, ms: number): void {
            until.set(sessionId, performance.now() + ms);
        },
        end(sessionId: string): void {
            until.delete(sessionId);
        },
        /** Drops the connection of each request that names a session with an outage. */
        keepOut(req: IncomingMessage, _res: unknown, next: () => void): void {
            const isOut = sessionsNamedBy(req).some(id => (until.get(id) ?? 0) > performance.now());
            if (isOut) req.socket.destroy();
            else next();
        }
    };
}

/** Session ids in the URL or a header of a request, and in the event id from which a stream resumes. */
function sessionsNamedBy({ url = '', headers }: IncomingMessage): string[] {
    const query = url.indexOf('?');
    const inUrl = query === -1 ? [] : new URLSearchParams(url.slice(query)).getAll('sessionId');
    const [inEvent = ''] = String(headers['last-event-id'] ?? '').split(':');
    return [...inUrl, String(headers['mcp-session-id'] ?? ''), inEvent];
}
