import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** Sessions whose clients have no network for a while, as far as the server can bring that about. */
export interface Outages {
    begin(sessionId: string, ms: number): void;
    end(sessionId: string): void;
    /** Breaks off each request that names a session without network, unanswered. */
    keepOut: RequestHandler;
}

export function createOutages(): Outages {
    const until = new Map<string, number>();
    return {
        begin: (sessionId, ms) => void until.set(sessionId, performance.now() + ms),
        end: sessionId => void until.delete(sessionId),
        keepOut(req, _res, next) {
            const isOut = sessionsNamedBy(req).some(id => (until.get(id) ?? 0) > performance.now());
            if (isOut) req.socket.destroy();
            else next();
        }
    };
}

/** By the URL of a POST, or by the event from which a stream is to go on. */
function sessionsNamedBy({ url = '', headers }: IncomingMessage): string[] {
    const query = url.indexOf('?');
    const inUrl = query === -1 ? [] : new URLSearchParams(url.slice(query)).getAll('sessionId');
    const [inEvent = ''] = String(headers['last-event-id'] ?? '').split(':');
    return [...inUrl, inEvent];
}
