import { type IncomingMessage, ServerResponse } from 'node:http';
import { type McpRequest, parseEventId, parseSessionId, RpcCode, reject, sendRpcError } from '@calc/transport/server';
import type { RequestHandler, Response } from 'express';
import { toAnswerHeaders } from './forwarded-headers.ts';
import type { Owners } from './peers.ts';

/** Time for the owner's last answers, which are sent after its sessions have ended, in milliseconds. */
const LAST_ANSWERS_MS = 250;
/** A client that reads nothing of a stream for so many heartbeats is disconnected. */
const STUCK_HEARTBEATS = 4;
const OWNER_ENDED =
    'Session not found: the process that held it has ended, and its unanswered requests are lost; open a new session';

export interface ForwardOptions {
    owners: Owners;
    heartbeatMs: number;
    isDraining(): boolean;
    /** Notes the reason of a refusal, before the response is sent. */
    note(reason: string, res: ServerResponse): void;
}

/** Hands requests that name a session of another worker to that worker. Each handler passes on all other requests. */
export function createForward({ owners, heartbeatMs, isDraining, note }: ForwardOptions) {
    const open = new Set<ServerResponse>();
    let whenLess = () => {};

    const forward = (owner: number, req: McpRequest, res: Response, whenGone: () => void) => {
        const outgoing = owners.request(owner, req);
        open.add(res);
        res.on('close', () => {
            open.delete(res);
            whenLess();
            if (!res.writableFinished) outgoing.destroy();
        });
        outgoing.on('response', (answer: IncomingMessage) => {
            // Node would close the connection if a reply took longer than the time limit of requests.
            if (isStream(answer)) req.socket.setTimeout(STUCK_HEARTBEATS * heartbeatMs);
            // A body without chunks ends with its connection.
            if (answer.headers.connection === 'close') {
                res.shouldKeepAlive = false;
                if (!('transfer-encoding' in answer.headers)) res.useChunkedEncodingByDefault = false;
            }
            // The owner has reported a refusal already, which `res.writeHead` would report again.
            const { writeHead } = ServerResponse.prototype;
            Reflect.apply(writeHead, res, [answer.statusCode, answer.statusMessage, toAnswerHeaders(answer)]);
            if (isStream(answer)) res.flushHeaders();
            answer.on('error', () => res.destroy());
            answer.pipe(res);
        });
        outgoing.on('error', async () => {
            if (res.destroyed || res.headersSent || (await owners.isRunning(owner))) return void res.destroy();
            open.delete(res);
            whenLess();
            whenGone();
            // What is left of the body.
            req.resume();
        });
        req.on('error', () => outgoing.destroy());
        req.pipe(outgoing);
    };

    const toHandler =
        (methods: string, idOf: (req: McpRequest) => string | undefined, needsSession: boolean): RequestHandler =>
        (req, res, next) => {
            const owner = methods.includes(req.method) ? owners.ownerOf(idOf(req)) : undefined;
            if (owner === undefined || res.destroyed) return next();
            forward(owner, req, res, () => {
                if (!needsSession) return next();
                if (isDraining()) {
                    note('draining', res);
                    return reject(res, 'draining');
                }
                note('worker-ended', res);
                sendRpcError(res, 404, RpcCode.SessionNotFound, OWNER_ENDED);
            });
        };

    return {
        messages: toHandler('POST', req => parseSessionId(req.url ?? ''), true),
        /** A client whose session has ended gets a new one from this worker. */
        sse: toHandler('GET', ({ headers }) => parseEventId(String(headers['last-event-id']))?.sessionId, false),
        mcp: toHandler('GET, POST, DELETE', ({ headers }) => headers['mcp-session-id']?.toString(), true),
        /** Waits up to `timeoutMs` milliseconds until all answers have been sent. */
        drain: (timeoutMs: number) =>
            new Promise<void>(resolve => {
                const timer = setTimeout(resolve, timeoutMs + LAST_ANSWERS_MS);
                whenLess = () => {
                    if (open.size > 0) return;
                    clearTimeout(timer);
                    resolve();
                };
                whenLess();
            })
    };
}

function isStream({ headers }: IncomingMessage): boolean {
    return headers['content-type'] === 'text/event-stream';
}
