import type { ServerResponse } from 'node:http';
import { headerOf } from '../../server/http/find-mcp-session.ts';
import type { McpRequest } from '../../server/types.ts';
import { type EventId, parseEventId, toEventId } from '../../server/wire/event-id.ts';
import { toOpening } from '../../server/wire/framing.ts';
import { toCredential } from '../credential.ts';
import { HeldStream } from '../holder/held-stream.ts';
import type { SharedProcess } from '../shared-process.ts';
import { openSession } from './open-session.ts';
import { untilAvailable } from './until-available.ts';

/** Answers `GET /sse`: opens a session, or resumes the one that `Last-Event-ID` names. Answers `HEAD` with the headers. */
export async function getSse(req: McpRequest, res: ServerResponse, process: SharedProcess): Promise<void> {
    if (req.method === 'HEAD') {
        res.writeHead(200, process.sseHeaders).end();
        return;
    }
    // The client may have disconnected while middleware ran.
    if (res.destroyed) return;
    const last = parseEventId(headerOf(req, 'last-event-id') ?? '');
    if (!last || last.stream !== undefined) return openStream(req, res, process);
    const stream = new HeldStream(process, { transport: 'sse', sessionId: last.sessionId, number: 0 }, res);
    if (process.isDraining) return sendElsewhere(stream, process);
    const isResumed = await untilAvailable(process, stream, () => resume(req, stream, process, last));
    if (isResumed !== false) return;
    // The client learns from the endpoint event that its session is gone.
    if (!stream.isOpen) return openStream(req, res, process);
    stream.release();
}

/** Opens a session and its stream. */
async function openStream(req: McpRequest, res: ServerResponse, process: SharedProcess): Promise<void> {
    const session = await openSession(req, res, process, 'sse');
    if (!session) return;
    const stream = new HeldStream(process, { transport: 'sse', sessionId: session.id, number: 0 }, res);
    process.streams.add(stream);
    process.streams.noteOwner(session.id, process.broker.processId);
    stream.open(toOpeningOf(process, session.id, 0));
    stream.begin(0);
}

/** Continues a session after an event. Returns false if there is no such session, or messages are lost. */
async function resume(
    req: McpRequest,
    stream: HeldStream,
    process: SharedProcess,
    { sessionId, position }: EventId
): Promise<boolean> {
    const { broker, streams } = process;
    if (!(await broker.find(sessionId, toCredential(process, 'sse', req)))) return false;
    const reading = await broker.read(sessionId, 0, position, 1);
    if (reading === 'trimmed') process.end(sessionId, 'replay-lost');
    if (typeof reading === 'string') return false;
    // The client may have disconnected while the broker was asked.
    if (stream.isClosed) return true;
    streams.add(stream);
    const hold = await broker.hold(sessionId, 0);
    if (hold === 'unknown') {
        streams.delete(stream);
        return false;
    }
    process.observer.resumed?.(process.toInfo(stream), reading.last - position);
    const opening = toOpeningOf(process, sessionId, position);
    if (stream.isOpen) stream.write(opening);
    else stream.open(opening);
    stream.begin(position, reading.last);
    process.claims.noteHold(sessionId, hold);
    return true;
}

/** Lets a client that resumes come back at once: another process will answer. An EventSource never comes back after a 503. */
function sendElsewhere(stream: HeldStream, process: SharedProcess): void {
    stream.open('');
    stream.release(process.toRetryMs());
}

function toOpeningOf({ limits, endpoint }: SharedProcess, sessionId: string, position: number): string {
    return toOpening(limits.retryMs, toEventId(sessionId, position), `${endpoint}?sessionId=${sessionId}`);
}
