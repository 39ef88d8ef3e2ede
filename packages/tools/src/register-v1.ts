import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { answerRequest, type RegisterOptions, toProgress, toRpcError } from './answer.ts';
import { capabilities, methods } from './methods.ts';
import { createServerSubscription } from './server-subscription.ts';

/**
 * Binds everything the calculator offers to one server of the SDK's first generation.
 * Call it before `connect`; what a session subscribes to ends with the session.
 *
 * `registerTool` and its kin would say the same with fewer words, but build and keep it all for each session, 10 KB of
 * it, and check every call five times over. Here all sessions share one table of methods.
 */
export function registerCalculator({ server }: McpServer, options: RegisterOptions): void {
    const onError = (error: Error) => server.onerror?.(error);
    const subscription = createServerSubscription(server, options.clock);
    server.registerCapabilities(capabilities);
    server.fallbackRequestHandler = ({ method, params }, extra) => {
        const answer = methods.get(method);
        if (!answer) throw toRpcError(ErrorCode.MethodNotFound, 'Method not found');
        const { signal, sessionId, requestId } = extra;
        const client = extra.authInfo?.clientId;
        const progress = toProgress(params?._meta?.progressToken, extra.sendNotification, onError);
        const request = { method, params, signal, sessionId, requestId, client, subscription, progress };
        return answerRequest(answer, request, options);
    };
    answerMalformedInitialize(server);
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
