import { type IncomingMessage, ServerResponse } from 'node:http';
import {
    discardBody,
    LONGEST_TIMER_MS,
    type McpRequest,
    parseEventId,
    parseSessionId,
    RpcCode,
    reject,
    sendRpcError
} from '@calc/transport/server';
import type { RequestHandler, Response } from 'express';
import { hasCode } from './address.ts';
import { type Route, toAnswerHeaders } from './forwarded-headers.ts';
import { limitSilence, WorkerHangs } from './limit-silence.ts';
import type { Owners } from './peers.ts';

/** Time for the owner's last answers, which are sent after its sessions have ended, in milliseconds. */
const LAST_ANSWERS_MS = 250;
/** A client that reads nothing of a stream for so many heartbeats is disconnected. */
const STUCK_HEARTBEATS = 4;
const OWNER_ENDED =
    'Session not found: the process that held it has ended, and its unanswered requests are lost; open a new session';
const OWNER_HANGS =
    'The process that holds the session does not answer, and may have received the request; try again later';

/** How long the owner may be silent before it is asked whether it runs, in milliseconds. */
const SILENCE_MS = 2000;
/** The same for a stream, whose client loses its session: an `EventSource` never comes back after a 503. */
const STREAM_SILENCE_MS = 10_000;

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

    const forward = (
        owner: number,
        req: McpRequest,
        res: Response,
        route: Route,
        whenLost: (hangs: boolean) => void
    ) => {
        const outgoing = owners.request(owner, req, route);
        const silenceMs = route === 'sse' ? STREAM_SILENCE_MS : SILENCE_MS;
        limitSilence(outgoing, silenceMs, () => owners.isAnswering(owner));
        let isAnswered = false;
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
            answer.pipe(res, { end: false });
            answer.on('end', () => {
                isAnswered = true;
                if (req.complete || answer.headers.connection !== 'close') return void res.end();
                // The owner has refused the body before it has arrived.
                req.unpipe(outgoing);
                discardBody(req, () => res.end());
            });
        });
        outgoing.on('error', async error => {
            if (isAnswered) return;
            const hangs = error instanceof WorkerHangs || hasCode(error, 'EAGAIN') || !owners.areReachable();
            if (res.destroyed || res.headersSent || (!hangs && (await owners.isRunning(owner)))) {
                return void res.destroy();
            }
            open.delete(res);
            whenLess();
            whenLost(hangs);
            // What is left of the body.
            req.resume();
        });
        req.on('error', () => outgoing.destroy());
        req.pipe(outgoing);
    };

    const toHandler =
        (route: Route, methods: string, idOf: (req: McpRequest) => string | undefined): RequestHandler =>
        (req, res, next) => {
            const owner = methods.includes(req.method) ? owners.ownerOf(idOf(req)) : undefined;
            if (owner === undefined || res.destroyed) return next();
            forward(owner, req, res, route, hangs => {
                // A client whose session is lost gets a new one from this worker.
                if (route === 'sse') return next();
                if (isDraining()) {
                    note('draining', res);
                    return reject(res, 'draining');
                }
                if (hangs) {
                    note('worker-hangs', res);
                    return reject(res, 'unavailable', null, OWNER_HANGS);
                }
                note('worker-ended', res);
                sendRpcError(res, 404, RpcCode.SessionNotFound, OWNER_ENDED);
            });
        };

    return {
        messages: toHandler('messages', 'POST', req => parseSessionId(req.url ?? '')),
        sse: toHandler('sse', 'GET', ({ headers }) => parseEventId(String(headers['last-event-id']))?.sessionId),
        mcp: toHandler('mcp', 'GET, POST, DELETE', ({ headers }) => headers['mcp-session-id']?.toString()),
        /** Waits up to `timeoutMs` milliseconds until all answers have been sent. */
        drain: (timeoutMs: number) =>
            new Promise<void>(resolve => {
                const timer = setTimeout(resolve, Math.min(timeoutMs + LAST_ANSWERS_MS, LONGEST_TIMER_MS));
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
