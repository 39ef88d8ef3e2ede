import type { Fault, Script } from './script.ts';
import type { ScriptedSession, SeenMessage, ToolCall } from './scripted-session.ts';

const PROTOCOL_VERSION = '2024-11-05';
/** How long initialize takes, in milliseconds: long enough that a message of a client that does not wait comes before. */
const INITIALIZE_MS = 50;
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
}

/** Answers a message as MCP says, and calls of tools as the script says. */
export async function handleMessage(message: SeenMessage, circumstances: Circumstances): Promise<void> {
    const { session, sessions, script, report } = circumstances;
    const { id, method } = message;
    const isUsed = id !== undefined && method !== undefined && session.messages.some(other => other.id === id);
    if (isUsed) report('id-again');
    const isEarly = method !== 'initialize' && method !== 'ping' && !session.initialized;
    if (isEarly) report('not-initialized');
    session.messages.push(message);
    if (id === undefined || method === undefined) return;
    if (isEarly) session.send({ id, error: { code: INVALID_REQUEST, message: 'Initialize the session first' } });
    else if (method === 'initialize') setTimeout(() => initialize(session, id), INITIALIZE_MS);
    else if (method !== 'tools/call') session.send({ id, ...answer(method, script) });
    else {
        const call = readCall(session, message, id);
        session.calls.push(call);
        await script.onCall(call, sessions);
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
