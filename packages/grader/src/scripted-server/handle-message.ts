import type { Fault, Script } from './script.ts';
import type { ScriptedSession, SeenMessage, ToolCall } from './scripted-session.ts';

const PROTOCOL_VERSION = '2024-11-05';
/** Time between the answer to a POST and the reply on the stream, in milliseconds: enough that a client sees them in this order. */
const PAUSE_MS = 40;
/** The same if the reply comes first. A browser may take longer for the event than for the answer. */
const LONG_PAUSE_MS = 150;
const METHOD_NOT_FOUND = -32601;
const INVALID_REQUEST = -32600;

/** Where a message came, and what is to be done with it. */
export interface Circumstances {
    session: ScriptedSession;
    /** All sessions of the server. */
    sessions: readonly ScriptedSession[];
    script: Script;
    /** Notes what no client may do. */
    report(kind: Fault['kind']): void;
    /** Answers the POST of the message. */
    accept(): void;
}

/** Answers a message as MCP says, and calls of tools as the script says. */
export function handleMessage(
    message: SeenMessage,
    { session, sessions, script, report, accept }: Circumstances
): void {
    const { id, method } = message;
    if (id !== undefined && method && session.messages.some(other => other.id === id)) report('id-again');
    const isEarly = method !== 'initialize' && method !== 'ping' && !session.initialized;
    if (isEarly) report('not-initialized');
    session.messages.push(message);
    const isCall = method === 'tools/call' && id !== undefined && !isEarly;
    const call = isCall ? readCall(session, message, id) : undefined;
    if (call) session.calls.push(call);
    const reply = () => {
        if (call) script.onCall(call, sessions);
        else if (id === undefined || method === undefined) return;
        else if (isEarly)
            session.send({ id, error: { code: INVALID_REQUEST, message: 'Initialize the session first' } });
        else if (method === 'initialize') initialize(session, id);
        else session.send({ id, ...answer(method, script) });
    };
    if (call && script.repliesFirst) {
        reply();
        setTimeout(accept, LONG_PAUSE_MS);
    } else {
        accept();
        setTimeout(reply, PAUSE_MS);
    }
}

function initialize(session: ScriptedSession, id: string | number): void {
    session.initialized = true;
    const serverInfo = { name: 'lesson-check', version: '1.0.0' };
    session.send({ id, result: { protocolVersion: PROTOCOL_VERSION, capabilities: { tools: {} }, serverInfo } });
}

function answer(method: string, { tools }: Script): object {
    if (method === 'tools/list') return { result: { tools } };
    if (method === 'ping') return { result: {} };
    return { error: { code: METHOD_NOT_FOUND, message: 'Method not found' } };
}

function readCall(session: ScriptedSession, { params }: SeenMessage, id: string | number): ToolCall {
    const reply = (text: string, isError: boolean) =>
        session.send({ id, result: { content: [{ type: 'text', text }], ...(isError && { isError }) } });
    return {
        session,
        id,
        name: String(params?.name),
        args: params?.arguments ?? {},
        answer: text => reply(text, false),
        fail: text => reply(text, true)
    };
}
