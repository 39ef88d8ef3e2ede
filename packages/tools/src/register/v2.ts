import type { CacheHint, McpServer, StandardSchemaV1 } from '@modelcontextprotocol/server';
import { answerRequest, type RegisterOptions, toProgress } from '../methods/answer.ts';
import { capabilities, methods } from '../methods/methods.ts';
import type { ClockSubscription } from '../resources/clock.ts';
import { createServerSubscription } from '../resources/server-subscription.ts';

/**
 * Changes only with a release; clients notice that within `ttlMs` milliseconds. Private, because a shared cache would
 * also answer clients without a token.
 */
const unchanging: CacheHint = { ttlMs: 300_000, cacheScope: 'private' };

/** How long clients of 2026-07-28 may cache a response; an option of `McpServer`. Contents of resources are not cached. */
export const cacheHints = {
    'server/discover': unchanging,
    'tools/list': unchanging,
    'prompts/list': unchanging,
    'resources/list': unchanging,
    'resources/templates/list': unchanging
};

/**
 * Binds the calculator to one server of the SDK's second generation, for a request or for a session. Call it before
 * `connect`. Subscriptions of a session end with the session.
 *
 * @returns the subscription, for transports where clients subscribe with `subscriptions/listen`, which the SDK does not
 * pass to a server.
 */
export function registerCalculator({ server }: McpServer, options: RegisterOptions): ClockSubscription {
    const onError = (error: Error) => server.onerror?.(error);
    const subscription = createServerSubscription(server, options.clock);
    server.registerCapabilities(capabilities);
    // By name and not with `fallbackRequestHandler`: then an unknown method gets status 404 over HTTP.
    for (const [method, answer] of methods) {
        server.setRequestHandler(method, { params: unchecked }, (params, { mcpReq, sessionId, http }) => {
            const { signal, id: requestId, _meta, notify } = mcpReq;
            const client = http?.authInfo?.clientId;
            const progress = toProgress(_meta?.progressToken, notify, onError);
            const request = { method, params, signal, sessionId, requestId, client, subscription, progress };
            return answerRequest(answer, request, options);
        });
    }
    return subscription;
}

/** Accepts all params: each method checks its own, and the SDK would report invalid ones as a defect of the server. */
const unchecked: StandardSchemaV1<Record<string, unknown>> = {
    '~standard': { version: 1, vendor: 'calc', validate: value => ({ value: value as Record<string, unknown> }) }
};
