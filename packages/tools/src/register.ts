import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { tools } from './calls.ts';
import { CLOCK_URI, type Clock, createSubscription } from './clock.ts';
import { capabilities, methods } from './methods.ts';
import { type Environment, ToolError, type TransportName } from './tool.ts';

/** A call of a tool that has come to its end. */
export interface CallReport {
    /** The tool's name, or `unknown`: a caller's own words would make a metric of their own each. */
    tool: string;
    /** `cancelled` calls get no answer; an `error` is a result with `isError`, or a call that named no tool. */
    outcome: 'ok' | 'error' | 'cancelled';
    durationMs: number;
    sessionId: string | undefined;
    requestId: RequestId;
}

export interface RegisterOptions {
    environment: Environment;
    clock: Clock;
    /** The transport this server is about to be connected to. */
    transport: TransportName;
    /** Told of every call. Must not throw. */
    onCall?(report: CallReport): void;
}

/**
 * Binds everything the calculator offers to one server of the SDK's first generation.
 * Call it before `connect`; what a session subscribes to ends with the session.
 *
 * `registerTool` and its kin would say the same with fewer words, but build and keep it all for each session, 10 KB of
 * it, and check every call five times over. Here all sessions share one table of methods.
 */
export function registerCalculator({ server }: McpServer, options: RegisterOptions): void {
    const subscription = createSubscription(options.clock, () => {
        server.sendResourceUpdated({ uri: CLOCK_URI }).catch((error: Error) => server.onerror?.(error));
    });
    const onclose = server.onclose;
    server.onclose = () => {
        subscription.stop();
        onclose?.();
    };
    server.registerCapabilities(capabilities);
    server.fallbackRequestHandler = async ({ method, params }, { signal, sessionId, requestId }) => {
        const answer = methods.get(method);
        if (!answer) throw toRpcError(ErrorCode.MethodNotFound, 'Method not found');
        const { environment, transport, onCall } = options;
        const { now, random, fetch, jokeApi, warn } = environment;
        const start = onCall && method === 'tools/call' ? performance.now() : undefined;
        let outcome: CallReport['outcome'] = 'error';
        try {
            // Written out, since spreading the environment costs more than most tools do.
            const result = await answer(params, { now, random, fetch, jokeApi, warn, transport, signal, subscription });
            if (result.isError !== true) outcome = 'ok';
            return result;
        } catch (error) {
            if (error instanceof ToolError) throw toRpcError(ErrorCode.InvalidParams, error.message, error);
            // What went wrong inside is for the operator.
            warn(`${method} failed: ${error instanceof Error ? error.message : error}`);
            throw toRpcError(ErrorCode.InternalError, 'Internal error', error);
        } finally {
            if (start !== undefined) {
                const durationMs = performance.now() - start;
                if (signal.aborted) outcome = 'cancelled';
                onCall?.({ tool: toToolName(params?.name), outcome, durationMs, sessionId, requestId });
            }
        }
    };
    answerMalformedInitialize(server);
}

const toolNames = new Set<unknown>(tools.map(({ name }) => name));

function toToolName(name: unknown): string {
    return toolNames.has(name) ? String(name) : 'unknown';
}

/** An error as the SDK sends it. Its own McpError would put the code into the message as well. */
function toRpcError(code: ErrorCode, message: string, cause?: unknown): Error {
    return Object.assign(new Error(message, { cause }), { code });
}

type Handler = (request: unknown, extra: unknown) => Promise<unknown>;

/**
 * The SDK answers an `initialize` whose params do not fit with -32603, as if the server were at fault; JSON-RPC 2.0,
 * section 5.1, has -32602 for it. There is no public hook around that one, so its handler is wrapped.
 */
function answerMalformedInitialize(server: Server): void {
    const handlers: Map<string, Handler> = Reflect.get(server, '_requestHandlers');
    const initialize = handlers.get('initialize');
    if (!initialize) return;
    handlers.set('initialize', async (request, extra) => {
        try {
            return await initialize(request, extra);
        } catch (error) {
            if (!(error instanceof z.core.$ZodError)) throw error;
            const findings = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
            throw toRpcError(ErrorCode.InvalidParams, findings.join('; '), error);
        }
    });
}
