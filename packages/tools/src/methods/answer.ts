import type { Clock, ClockSubscription } from '../resources/clock.ts';
import { type CallContext, type Environment, ToolError, type TransportName } from '../tool.ts';
import { tools } from './calls.ts';
import type { Answer, Method } from './methods.ts';

/** A finished call of a tool. */
export interface CallReport {
    /** The tool's name, or `unknown`: each name that a client invents would create a metric. */
    tool: string;
    /** A `cancelled` call gets no response. An `error` is a result with `isError`, or a call of an unknown tool. */
    outcome: 'ok' | 'error' | 'cancelled';
    durationMs: number;
    sessionId: string | undefined;
    requestId: string | number;
    /** The client, if the request was authenticated. */
    client: string | undefined;
}

/** What a server of either SDK generation needs. */
export interface RegisterOptions {
    environment: Environment;
    clock: Clock;
    /** The transport that this server will be connected to. */
    transport: TransportName;
    /** Called after every call of a tool. Must not throw. */
    onCall?(report: CallReport): void;
}

/** What an SDK knows about one request. */
export interface IncomingRequest {
    method: string;
    params: { [name: string]: unknown } | undefined;
    requestId: string | number;
    sessionId: string | undefined;
    client: string | undefined;
    /** Aborts when the client cancels the request or disconnects. */
    signal: AbortSignal;
    /** The subscription of the session. */
    subscription: ClockSubscription;
    progress: CallContext['progress'];
}

/** JSON-RPC 2.0, section 5.1. */
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;
/** MCP up to 2025-11-25, Resources, Error Handling. For 2026-07-28 the SDK changes it to -32602, as required. */
const RESOURCE_NOT_FOUND = -32002;

/**
 * Answers one request: calls its method with the environment, reports a tool call, and converts errors into errors that
 * both SDK generations send unchanged.
 *
 * @throws {Error} with a JSON-RPC `code`: a client's mistake with its message, a defect as `Internal error`.
 */
export async function answerRequest(
    answer: Method,
    request: IncomingRequest,
    { environment, transport, onCall }: RegisterOptions
): Promise<Answer> {
    const { method, params, signal, subscription, progress } = request;
    const { now, random, fetch, jokeApi, warn } = environment;
    const start = onCall && method === 'tools/call' ? performance.now() : undefined;
    let outcome: CallReport['outcome'] = 'error';
    try {
        // Written out, because spreading the environment costs more than most tools.
        const call = { now, random, fetch, jokeApi, warn, transport, signal, subscription, progress };
        const result = await answer(params, call);
        if (result.isError !== true) outcome = 'ok';
        return result;
    } catch (error) {
        if (error instanceof ToolError) {
            const code = error.code === 'unknown-resource' ? RESOURCE_NOT_FOUND : INVALID_PARAMS;
            const rpcError = toRpcError(code, error.message, error);
            throw error.data ? Object.assign(rpcError, { data: error.data }) : rpcError;
        }
        // Only the operator gets the reason of a defect. A request that its client has cancelled is not a defect.
        if (!signal.aborted) warn(`${method} failed: ${error instanceof Error ? error.message : error}`);
        throw toRpcError(INTERNAL_ERROR, 'Internal error', error);
    } finally {
        if (start !== undefined) {
            const durationMs = performance.now() - start;
            if (signal.aborted) outcome = 'cancelled';
            const { sessionId, requestId, client } = request;
            onCall?.({ tool: toToolName(params?.name), outcome, durationMs, sessionId, requestId, client });
        }
    }
}

/** Creates an error that the SDK sends unchanged. The SDK's own classes add the code to the message, or require data. */
export function toRpcError(code: number, message: string, cause?: unknown): Error {
    return Object.assign(new Error(message, { cause }), { code });
}

const toolNames = new Set<unknown>(tools.map(({ name }) => name));

function toToolName(name: unknown): string {
    return toolNames.has(name) ? String(name) : 'unknown';
}

const noProgress = () => {};

/** The notification of MCP, Progress. */
interface ProgressNotification {
    method: 'notifications/progress';
    params: { progressToken: string | number; progress: number; total: number; message: string };
}

/** Sends the progress of a tool to a client that asked for it with a `progressToken`. */
export function toProgress(
    token: string | number | undefined,
    send: (notification: ProgressNotification) => Promise<void>,
    onError: (error: Error) => void
): CallContext['progress'] {
    if (token === undefined) return noProgress;
    return (progress, total, message) => {
        const params = { progressToken: token, progress, total, message };
        send({ method: 'notifications/progress', params }).catch(onError);
    };
}
