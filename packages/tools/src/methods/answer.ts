import type { Clock, ClockSubscription } from '../resources/clock.ts';
import { type CallContext, type Environment, ToolError, type TransportName } from '../tool.ts';
import { tools } from './calls.ts';
import type { Answer, Method } from './methods.ts';

/** A call of a tool that has come to its end. */
export interface CallReport {
    /** The tool's name, or `unknown`: a caller's own words would make a metric of their own each. */
    tool: string;
    /** `cancelled` calls get no answer; an `error` is a result with `isError`, or a call that named no tool. */
    outcome: 'ok' | 'error' | 'cancelled';
    durationMs: number;
    sessionId: string | undefined;
    requestId: string | number;
    /** Who called, where the request was authenticated. */
    client: string | undefined;
}

/** What a server is bound to, whichever generation of the SDK it is of. */
export interface RegisterOptions {
    environment: Environment;
    clock: Clock;
    /** The transport this server is about to be connected to. */
    transport: TransportName;
    /** Told of every call. Must not throw. */
    onCall?(report: CallReport): void;
}

/** What an SDK knows of one request. */
export interface IncomingRequest {
    method: string;
    params: { [name: string]: unknown } | undefined;
    requestId: string | number;
    sessionId: string | undefined;
    client: string | undefined;
    /** Aborts when the caller cancels the request or goes away. */
    signal: AbortSignal;
    /** The session's own. */
    subscription: ClockSubscription;
    progress: CallContext['progress'];
}

/** JSON-RPC 2.0, section 5.1. */
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;
/** MCP up to 2025-11-25, Resources, Error Handling. For 2026-07-28 the SDK makes -32602 of it, as that requires. */
const RESOURCE_NOT_FOUND = -32002;

/**
 * Answers one request by its method: gives that the environment, reports a tool's call, and turns what goes wrong into
 * an error that both generations of the SDK send as it is.
 *
 * @throws {Error} with a `code` of JSON-RPC: the caller's mistake by its own words, a defect as `Internal error`.
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
        // Written out, since spreading the environment costs more than most tools do.
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
        // What went wrong inside is for the operator; that its caller has gone is nothing wrong.
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

/** An error as the SDK sends it. Its own classes would put the code into the message as well, or want data. */
export function toRpcError(code: number, message: string, cause?: unknown): Error {
    return Object.assign(new Error(message, { cause }), { code });
}

const toolNames = new Set<unknown>(tools.map(({ name }) => name));

function toToolName(name: unknown): string {
    return toolNames.has(name) ? String(name) : 'unknown';
}

/** For the many callers who want to hear nothing of how far it is. */
const silence = () => {};

/** A message of MCP, Progress. */
interface ProgressNotification {
    method: 'notifications/progress';
    params: { progressToken: string | number; progress: number; total: number; message: string };
}

/** Progress as a tool reports it, sent to a caller who asked for it by a `progressToken`; to others nothing. */
export function toProgress(
    token: string | number | undefined,
    send: (notification: ProgressNotification) => Promise<void>,
    onError: (error: Error) => void
): CallContext['progress'] {
    if (token === undefined) return silence;
    return (progress, total, message) => {
        const params = { progressToken: token, progress, total, message };
        send({ method: 'notifications/progress', params }).catch(onError);
    };
}
