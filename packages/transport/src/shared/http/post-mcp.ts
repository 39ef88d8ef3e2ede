import type { ServerResponse } from 'node:http';
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import type { Acceptance } from '../../broker/broker.ts';
import { replyTo, toIdInFlightMessage } from '../../message/parse-message.ts';
import {
    BATCH_REJECTED,
    isInitialize,
    type McpPost,
    readMcpPost,
    sendAcceptedEmpty
} from '../../server/http/body/read-mcp-post.ts';
import { headerOf } from '../../server/http/find-mcp-session.ts';
import { findRepeated, PRIMING_SINCE } from '../../server/session/streamable-session.ts';
import type { McpRequest } from '../../server/types.ts';
import { toEventId } from '../../server/wire/event-id.ts';
import { toPriming, toRetry } from '../../server/wire/framing.ts';
import { toCredential } from '../credential.ts';
import { HeldStream } from '../holder/held-stream.ts';
import { Unanswered } from '../holder/unanswered.ts';
import type { SharedProcess } from '../shared-process.ts';
import { acceptPost } from './accept-post.ts';
import { openSession, rejectUnavailable } from './open-session.ts';
import { untilAvailable } from './until-available.ts';

/** How long an answer may take to be JSON and not an event stream, in milliseconds. */
const DECIDE_MS = 100;

/** Answers `POST /mcp` (MCP 2025-11-25, Sending Messages to the Server). */
export function postMcp(req: McpRequest, res: ServerResponse, process: SharedProcess): void {
    readMcpPost(req, res, process, async received => {
        try {
            if (received.opensSession) {
                const session = await openSession(req, res, process, 'streamable-http');
                if (!session) return;
                res.setHeader('Mcp-Session-Id', session.id);
                return await post(req, res, process, session.id, received);
            }
            const sessionId = headerOf(req, 'mcp-session-id') ?? '';
            if (await isRefused(req, process, sessionId, received)) return;
            await post(req, res, process, sessionId, received);
        } catch (error) {
            rejectUnavailable(res, process, error, received.id);
        }
    });
}

/** Answers a POST that no session accepts. Only what looks wrong costs a look at the session. */
async function isRefused(
    req: McpRequest,
    process: SharedProcess,
    sessionId: string,
    { messages, isBatch, rejectMessage }: McpPost
): Promise<boolean> {
    const version = headerOf(req, 'mcp-protocol-version');
    // Clients of 2025-03-26 send no version (MCP 2025-11-25, Protocol Version Header).
    const isVersionWrong = version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(version);
    const isOpening = messages.some(isInitialize);
    if (!isVersionWrong && !isOpening && !isBatch) return false;
    const record = await process.broker.find(sessionId, toCredential(process, 'streamable-http', req));
    if (!record) rejectMessage('unknown-session');
    else if (isVersionWrong) rejectMessage('bad-protocol-version');
    else if (isOpening) rejectMessage('initialized-already');
    // Other revisions have no batches (MCP 2025-03-26, Base Protocol, Batching).
    else if (record.protocolVersion !== '2025-03-26') {
        rejectMessage('not-json-rpc', BATCH_REJECTED);
    } else {
        const id = findRepeated(messages.map(replyTo).filter(each => each !== undefined));
        if (id === undefined) return false;
        rejectMessage('id-in-flight', toIdInFlightMessage(id));
    }
    return true;
}

async function post(
    req: McpRequest,
    res: ServerResponse,
    process: SharedProcess,
    sessionId: string,
    received: McpPost
): Promise<void> {
    const { value, messages, isBatch, bytes } = received;
    const values: readonly unknown[] = isBatch ? (value as unknown[]) : [value];
    const checked = {
        sessionId,
        credential: toCredential(process, 'streamable-http', req),
        messages: messages.map((parsed, index) => ({ parsed, value: values[index] })),
        post: received.post,
        bytes,
        opensStream: true
    };
    let stream: HeldStream | undefined;
    const toStream = (number: number, isRepeat: boolean) => {
        const stream = new HeldStream(process, { transport: 'streamable-http', sessionId, number }, res);
        const requests = messages.map(replyTo).filter(id => id !== undefined);
        const unanswered = new Unanswered(requests, isBatch, isRepeat);
        stream.decideLater(toStreamOpening(req, process, stream, 0), DECIDE_MS, unanswered);
        return stream;
    };
    const onStream = (number: number) => {
        if (number === 0) return;
        stream = toStream(number, false);
        process.streams.add(stream);
    };
    const acceptance = await process.streams.expect(sessionId, () => acceptPost(process, req, checked, onStream));
    if (acceptance.kind === 'accepted' && !stream) sendAcceptedEmpty(res);
    else if (acceptance.kind === 'repeated') {
        await answerAgain(toStream(acceptance.stream, true), process);
    } else if (acceptance.kind !== 'accepted') refuse(acceptance, received);
}

function refuse(acceptance: Exclude<Acceptance, { kind: 'accepted' | 'repeated' }>, { rejectMessage }: McpPost): void {
    if (acceptance.kind === 'id-in-flight') rejectMessage('id-in-flight', toIdInFlightMessage(acceptance.id));
    else rejectMessage(acceptance.kind);
}

/** Sends the answer of an earlier POST, or waits for it. The response of the earlier one ends only when this one has its place. */
async function answerAgain(stream: HeldStream, process: SharedProcess): Promise<void> {
    const { broker, claims, streams } = process;
    const { sessionId, number } = stream;
    if (stream.isClosed) return;
    // If the stream has ended, it has no holder, and its events may still be there.
    const hold = await untilAvailable(
        process,
        stream,
        () => broker.hold(sessionId, number),
        () => {}
    );
    if (stream.isClosed) {
        if (hold !== undefined && !streams.get(sessionId, number)) process.letGo(stream);
        return;
    }
    streams.add(stream);
    if (hold && hold !== 'unknown') claims.noteHold(sessionId, hold);
    void stream.look();
}

/** How an event stream of Streamable HTTP begins. A client that knows of it gets an id before there is any message. */
export function toStreamOpening(
    req: McpRequest,
    { limits }: SharedProcess,
    { sessionId, number }: HeldStream,
    position: number
): string {
    const { retryMs, resumeWindowMs } = limits;
    const primes = resumeWindowMs > 0 && (headerOf(req, 'mcp-protocol-version') ?? '') >= PRIMING_SINCE;
    return primes ? toPriming(retryMs, toEventId(`${sessionId}:${number}`, position)) : toRetry(retryMs);
}
