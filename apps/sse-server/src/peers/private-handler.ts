import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import type { McpRequest, Sessions } from '@calc/transport/server';
import { type Route, takeOrigin } from './forwarded-headers.ts';

/** Answers what another worker asks, by the name of the question. */
export type Questions = Record<string, (body: unknown) => unknown>;

/**
 * Answers requests on the private socket of a worker: those that other workers hand over, which have passed the guards
 * there, and questions of the workers themselves.
 *
 * @param isTls whether clients connect by TLS.
 */
export function createPrivateHandler(sessions: Sessions, questions: Questions, isTls: boolean): RequestListener {
    const handlers: Record<Route, (req: McpRequest, res: ServerResponse) => void> = {
        messages: sessions.handleMessage,
        sse: sessions.handleStream,
        mcp: sessions.handleStreamable
    };
    return (req: McpRequest, res) => {
        const origin = takeOrigin(req);
        if (!origin) return void answer(req, res, questions);
        showClient(req.socket, origin.address, isTls);
        if (origin.auth) req.auth = origin.auth;
        handlers[origin.route](req, res);
    };
}

/** The handlers read the client's address and scheme from the socket. It carries one request at a time. */
function showClient(socket: Socket, address: string | undefined, isTls: boolean): void {
    if (socket.remoteAddress === address) return;
    Object.defineProperty(socket, 'remoteAddress', { value: address, configurable: true });
    if (isTls) Object.defineProperty(socket, 'encrypted', { value: true, configurable: true });
}

async function answer(req: IncomingMessage, res: ServerResponse, questions: Questions): Promise<void> {
    try {
        const question = questions[req.url?.slice(1) ?? ''];
        res.end(JSON.stringify((await question?.(await json(req))) ?? null));
    } catch {
        res.destroy();
    }
}
