import type { ServerResponse } from 'node:http';
import { type JSONRPCMessage, type RequestId, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import type { MessageBounds } from '../../message/json-bounds.ts';
import { parseMessage, type ReceivedMessage, readId, replyTo } from '../../message/parse-message.ts';
import type { Observer } from '../observer.ts';
import { toPost } from '../session/post-memory.ts';
import type { StreamableSession } from '../session/streamable-session.ts';
import type { McpRequest, RejectReason } from '../types.ts';
import { parseEventId } from '../wire/event-id.ts';
import { parseIdempotencyKey } from '../wire/idempotency-key.ts';
import { reject, toIdInFlightMessage } from '../wire/reject.ts';
import { acceptsBoth, acceptsEvents } from './media-types.ts';
import { readJson, toExtra } from './read-json.ts';

export interface StreamableContext {
    find(sessionId: string, req: McpRequest): StreamableSession | undefined;
    /** Makes a session and its server; undefined if that could not be done, which is answered then. */
    open(req: McpRequest, res: ServerResponse): Promise<StreamableSession | undefined>;
    /** Whether another handler answers the request; see `SessionsOptions`. */
    intercept: ((req: McpRequest, res: ServerResponse, value: unknown) => boolean) | undefined;
    isDraining(): boolean;
    limits: MessageBounds;
    observer: Observer;
}

const NO_BODY = ['Content-Length', '0'];

type Reject = (refusal: RejectReason, id?: RequestId | null, message?: string) => void;

/** Answers one request of Streamable HTTP (MCP 2025-11-25, Transports). */
export function handleStreamable(req: McpRequest, res: ServerResponse, context: StreamableContext): void {
    const turnAway: Reject = (refusal, id = null, message) => {
        context.observer.rejected?.(refusal, res);
        reject(res, refusal, id, message);
    };
    switch (req.method) {
        case 'POST':
            return handlePost(req, res, context, turnAway);
        case 'GET':
            return handleGet(req, res, context, turnAway);
        case 'DELETE':
            return handleDelete(req, res, context, turnAway);
        default:
            res.setHeader('Allow', 'GET, POST, DELETE');
            turnAway('bad-method');
    }
}

function handlePost(req: McpRequest, res: ServerResponse, context: StreamableContext, turnAway: Reject): void {
    if (context.isDraining()) return turnAway('draining');
    readJson(req, res, context.limits, context.observer, async (value, bytes, body) => {
        const id = readId(value);
        // Which of the two it will be is not known before the answer (MCP 2025-11-25, Sending Messages to the Server).
        if (!acceptsBoth(req)) return turnAway('not-acceptable', id);
        // Before it is known which era the message is of: it turns null into undefined.
        const messages = parseMessages(value);
        if (context.intercept?.(req, res, value)) return;
        // Draining may have begun while the body came in.
        if (context.isDraining()) return turnAway('draining', id);
        if (typeof messages === 'string') return turnAway('not-json-rpc', id, messages);
        const key = parseIdempotencyKey(req.headers['idempotency-key']);
        if (key === null) return turnAway('bad-idempotency-key', id);
        const makePost = () => toPost(body ?? JSON.stringify(value), key);
        const [first] = messages;
        const isFirst = !Array.isArray(value) && headerOf(req, 'mcp-session-id') === undefined;
        if (isFirst && first && Object(value).method === 'initialize') {
            if (first.kind === 'bad-params') return turnAway('bad-params', id, first.problem);
            if (!isInitialize(first)) return turnAway('not-json-rpc', id, 'initialize must be a request, with an id');
            const opened = await context.open(req, res);
            opened?.initialize(first, toExtra(req), bytes, makePost(), res);
            return;
        }
        const session = findSession(req, context, refusal => turnAway(refusal, id));
        if (!session) return;
        if (messages.some(isInitialize)) return turnAway('initialized-already', id);
        // Only that revision has batches (MCP 2025-03-26, Base Protocol, Batching).
        if (Array.isArray(value) && session.protocolVersion !== '2025-03-26') {
            return turnAway('not-json-rpc', id, ONE_BY_ONE);
        }
        const extra = toExtra(req);
        const post = messages.some(message => replyTo(message) !== undefined) ? makePost() : undefined;
        if (post && !Array.isArray(value) && session.understandsPriming) {
            extra.closeSSEStream = () => session.releaseStream(post);
            extra.closeStandaloneSSEStream = () => session.releaseStream(undefined);
        }
        const reception = session.post(messages, Array.isArray(value), extra, bytes, post, res);
        // Without a body (MCP 2025-11-25, Sending Messages to the Server).
        if (reception === 'accepted') res.writeHead(202, NO_BODY).end();
        else if (typeof reception === 'object') turnAway('id-in-flight', id, toIdInFlightMessage(reception.idTaken));
        else if (reception !== 'answering') turnAway(reception, id);
    });
}

function handleGet(req: McpRequest, res: ServerResponse, context: StreamableContext, turnAway: Reject): void {
    if (!acceptsEvents(req)) return turnAway('not-acceptable');
    const session = findSession(req, context, turnAway);
    if (!session || res.destroyed) return;
    const header = headerOf(req, 'last-event-id');
    if (header === undefined) return session.openStandalone(res);
    const last = parseEventId(header);
    if (last?.stream === undefined) return turnAway('bad-event-id');
    // That session is over, and its client has this one now.
    if (last.sessionId !== session.id) return session.openStandalone(res);
    const resumption = session.resume(res, last);
    // Tells the client not to come back (HTML, Server-sent events, Processing model).
    if (resumption === 'complete') res.writeHead(204).end();
    else if (resumption === 'lost') turnAway(session.hasEnded ? 'unknown-session' : 'events-lost');
}

function handleDelete(req: McpRequest, res: ServerResponse, context: StreamableContext, turnAway: Reject): void {
    const session = findSession(req, context, turnAway);
    if (!session) return;
    session.end('deleted');
    res.writeHead(204).end();
}

/** The session that a request names; undefined if it names none that there is, which is answered then. */
function findSession(
    req: McpRequest,
    context: StreamableContext,
    turnAway: (refusal: RejectReason) => void
): StreamableSession | undefined {
    const id = headerOf(req, 'mcp-session-id');
    const session = id === undefined ? undefined : context.find(id, req);
    if (!session) {
        turnAway(id === undefined ? 'no-session' : 'unknown-session');
        return undefined;
    }
    const version = headerOf(req, 'mcp-protocol-version');
    // Clients of the first revision send none (MCP 2025-11-25, Protocol Version Header).
    if (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(version)) {
        turnAway('bad-protocol-version');
        return undefined;
    }
    return session;
}

const ONE_BY_ONE = 'Only sessions of 2025-03-26 have batches; send the messages one by one';

/** The messages of a body, or what is wrong with it. */
function parseMessages(value: unknown): ReceivedMessage[] | string {
    const values = Array.isArray(value) ? value : [value];
    const messages: ReceivedMessage[] = [];
    for (const each of values) {
        const parsed = parseMessage(each);
        if (parsed.kind === 'not-a-message') return parsed.problem;
        messages.push(parsed);
    }
    return messages.length > 0 ? messages : 'The batch is empty; send at least one message';
}

function isInitialize(parsed: ReceivedMessage): boolean {
    if (parsed.kind !== 'message') return false;
    const { message }: { message: JSONRPCMessage } = parsed;
    return 'method' in message && message.method === 'initialize' && 'id' in message;
}

/** The value of a header; an empty one counts as absent. */
function headerOf(
    { headers }: McpRequest,
    name: 'mcp-session-id' | 'mcp-protocol-version' | 'last-event-id'
): string | undefined {
    return headers[name]?.toString() || undefined;
}
