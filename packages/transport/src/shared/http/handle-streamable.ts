import type { ServerResponse } from 'node:http';
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { headerOf } from '../../server/http/find-mcp-session.ts';
import { acceptsEvents } from '../../server/http/media-types.ts';
import { rejectRequest } from '../../server/http/reject-request.ts';
import type { McpRequest } from '../../server/types.ts';
import { type EventId, parseEventId } from '../../server/wire/event-id.ts';
import { toCredential } from '../credential.ts';
import { HeldStream } from '../holder/held-stream.ts';
import type { SharedProcess } from '../shared-process.ts';
import { rejectUnavailable } from './open-session.ts';
import { postMcp, toStreamOpening } from './post-mcp.ts';
import { untilAvailable } from './until-available.ts';

/** Answers one request of Streamable HTTP (MCP 2025-11-25, Transports). */
export function handleStreamable(req: McpRequest, res: ServerResponse, process: SharedProcess): void | Promise<void> {
    switch (req.method) {
        case 'POST':
            return postMcp(req, res, process);
        case 'GET':
            return getMcp(req, res, process);
        case 'DELETE':
            return deleteMcp(req, res, process);
        default:
            res.setHeader('Allow', 'GET, POST, DELETE');
            rejectRequest(res, process.observer, 'bad-method');
    }
}

/** Opens the stream for messages that belong to no request, or resumes the stream that `Last-Event-ID` names. */
async function getMcp(req: McpRequest, res: ServerResponse, process: SharedProcess): Promise<void> {
    const { observer } = process;
    if (!acceptsEvents(req)) return rejectRequest(res, observer, 'not-acceptable');
    const header = headerOf(req, 'last-event-id');
    const last = header === undefined ? undefined : parseEventId(header);
    const sessionId = headerOf(req, 'mcp-session-id');
    if (last?.stream !== undefined && last.sessionId === sessionId) {
        const { stream: number } = last;
        const stream = new HeldStream(process, { transport: 'streamable-http', sessionId, number }, res);
        await untilAvailable(process, stream, () => resume(req, res, process, stream, last));
        return;
    }
    try {
        if (!(await hasSession(req, res, process)) || sessionId === undefined || res.destroyed) return;
        if (header !== undefined && last?.stream === undefined) return rejectRequest(res, observer, 'bad-event-id');
        if (process.isDraining) return rejectRequest(res, observer, 'draining');
        const stream = new HeldStream(process, { transport: 'streamable-http', sessionId, number: 0 }, res);
        await openStandalone(req, res, process, stream);
    } catch (error) {
        rejectUnavailable(res, process, error);
    }
}

async function openStandalone(
    req: McpRequest,
    res: ServerResponse,
    process: SharedProcess,
    stream: HeldStream
): Promise<void> {
    const sent = process.streams.get(stream.sessionId, 0)?.position ?? 0;
    process.streams.add(stream);
    const hold = await process.broker.hold(stream.sessionId, 0).catch(error => {
        process.streams.delete(stream);
        throw error;
    });
    if (hold === 'unknown') {
        process.streams.delete(stream);
        return rejectRequest(res, process.observer, 'unknown-session');
    }
    const position = Math.max(sent, hold.position);
    stream.open(toStreamOpening(req, process, stream, position));
    stream.begin(position);
    process.claims.noteHold(stream.sessionId, hold);
}

/** Continues a stream after an event, or answers the request with an error. */
async function resume(
    req: McpRequest,
    res: ServerResponse,
    process: SharedProcess,
    stream: HeldStream,
    { sessionId, position }: EventId
): Promise<void> {
    const { broker, observer, streams } = process;
    const refuse = (answer: () => void) => (stream.isOpen ? stream.release() : answer());
    if (!(await hasSession(req, res, process, refuse))) return;
    if (process.isDraining) return refuse(() => rejectRequest(res, observer, 'draining'));
    const reading = await broker.read(sessionId, stream.number, position, 1);
    if (reading === 'trimmed' && stream.number === 0) {
        // A client can repeat a request, but not ask for a notification again.
        process.end(sessionId, 'replay-lost');
        return refuse(() => rejectRequest(res, observer, 'unknown-session'));
    }
    if (typeof reading === 'string') return refuse(() => rejectRequest(res, observer, 'events-lost'));
    // 204 stops an EventSource from reconnecting (HTML, Server-sent events, Processing model).
    if (reading.ended && reading.last === position) return refuse(() => res.writeHead(204).end());
    // The client may have disconnected while the broker was asked.
    if (stream.isClosed) return;
    streams.add(stream);
    // A stream that has ended has no holder.
    const hold = await broker.hold(sessionId, stream.number);
    observer.resumed?.(process.toInfo(stream), reading.last - position);
    const opening = toStreamOpening(req, process, stream, position);
    if (!stream.isOpen) stream.open(opening);
    stream.begin(position, reading.last);
    if (hold !== 'unknown') process.claims.noteHold(sessionId, hold);
}

/** Ends a session (MCP 2025-11-25, Session Management). */
async function deleteMcp(req: McpRequest, res: ServerResponse, process: SharedProcess): Promise<void> {
    try {
        if (!(await hasSession(req, res, process))) return;
        const id = headerOf(req, 'mcp-session-id') ?? '';
        await process.broker.end(id, 'deleted');
        process.noteEnded(id, 'deleted');
        res.writeHead(204).end();
    } catch (error) {
        rejectUnavailable(res, process, error);
    }
}

/**
 * Whether there is the session that `Mcp-Session-Id` names, and `MCP-Protocol-Version` is right. If not, answers the
 * request with an error.
 *
 * @throws BrokerUnavailable
 */
async function hasSession(
    req: McpRequest,
    res: ServerResponse,
    process: SharedProcess,
    refuse: (answer: () => void) => void = answer => answer()
): Promise<boolean> {
    const { broker, observer } = process;
    const id = headerOf(req, 'mcp-session-id');
    const version = headerOf(req, 'mcp-protocol-version');
    const record = id === undefined ? undefined : await broker.find(id, toCredential(process, 'streamable-http', req));
    if (id === undefined) refuse(() => rejectRequest(res, observer, 'no-session'));
    else if (!record) refuse(() => rejectRequest(res, observer, 'unknown-session'));
    // Clients of 2025-03-26 send no version (MCP 2025-11-25, Protocol Version Header).
    else if (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(version)) {
        refuse(() => rejectRequest(res, observer, 'bad-protocol-version'));
    } else return true;
    return false;
}
