import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { answerRequest, type RegisterOptions, toProgress, toRpcError } from '../methods/answer.ts';
import { capabilities, methods } from '../methods/methods.ts';
import { createServerSubscription } from '../resources/server-subscription.ts';

/**
 * Binds the calculator to one server of the SDK's first generation. Call it before `connect`. Subscriptions of a session
 * end with the session.
 *
 * `registerTool` and similar methods need fewer words, but build and keep 10 KB for each session, and check every call
 * five times. Here all sessions share one table of methods.
 */
export function registerCalculator(server: Server, options: RegisterOptions): void {
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
}

/** The SDK's server, but it does not reject `task`, which a server without tasks ignores (MCP 2025-11-25, Tasks). */
export class SessionServer extends Server {
    protected override assertTaskHandlerCapability(): void {}
}
