import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** Simulates clients without network, by session. */
export interface Outages {
    begin(sessionId: string, ms: number): void;
    end(sessionId: string): void;
    /** Drops the connection of each request that names a session with an outage. */
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

/** Session ids in the URL of a POST, and in the event id from which a stream resumes. */
function sessionsNamedBy({ url = '', headers }: IncomingMessage): string[] {
    const query = url.indexOf('?');
    const inUrl = query === -1 ? [] : new URLSearchParams(url.slice(query)).getAll('sessionId');
    const [inEvent = ''] = String(headers['last-event-id'] ?? '').split(':');
    return [...inUrl, inEvent];
}
