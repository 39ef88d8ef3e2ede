import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { McpRequest, Sessions } from '@calc/transport/server';
import { takeOrigin } from './forwarded-headers.ts';

/** Answers what another worker asks, by the name of the question. */
export type Questions = Record<string, (body: unknown) => unknown>;

/**
 * Answers requests on the private socket of a worker: those that other workers hand over, which have passed the guards
 * there, and questions of the workers themselves.
 *
 * @param isTls whether clients connect by TLS.
 */
export function createPrivateHandler(sessions: Sessions, questions: Questions, isTls: boolean): RequestListener {
    return (req: McpRequest, res) => {
        const origin = takeOrigin(req);
        if (!origin) return void answer(req, res, questions);
        // A connection carries one request at a time. The client's address and scheme are read from the socket.
        Object.defineProperty(req.socket, 'remoteAddress', { value: origin.address, configurable: true });
        if (isTls) Object.defineProperty(req.socket, 'encrypted', { value: true, configurable: true });
        if (origin.auth) req.auth = origin.auth;
        const { url = '' } = req;
        if (url.startsWith('/messages')) sessions.handleMessage(req, res);
        else if (url.startsWith('/sse')) void sessions.handleStream(req, res);
        else sessions.handleStreamable(req, res);
    };
}

async function answer(req: IncomingMessage, res: ServerResponse, questions: Questions): Promise<void> {
    try {
        const question = questions[req.url?.slice(1) ?? ''];
        res.end(JSON.stringify((await question?.(await json(req))) ?? null));
    } catch {
        res.destroy();
    }
}
