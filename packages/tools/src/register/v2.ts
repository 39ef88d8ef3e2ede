import type { CacheHint, McpServer, StandardSchemaV1 } from '@modelcontextprotocol/server';
import { answerRequest, type RegisterOptions, toProgress } from '../methods/answer.ts';
import { capabilities, methods } from '../methods/methods.ts';
import type { ClockSubscription } from '../resources/clock.ts';
import { createServerSubscription } from '../resources/server-subscription.ts';

/**
 * The same until the next release, which clients hear of within so many milliseconds. Private, since a cache that many
 * share would tell those who have no token.
 */
const unchanging: CacheHint = { ttlMs: 300_000, cacheScope: 'private' };

/** How long clients of 2026-07-28 may keep an answer: for `McpServer`, as an option. What resources say is not kept. */
export const cacheHints = {
    'server/discover': unchanging,
    'tools/list': unchanging,
    'prompts/list': unchanging,
    'resources/list': unchanging,
    'resources/templates/list': unchanging
};

/**
 * Binds everything the calculator offers to one server of the SDK's second generation, for a request or for a session.
 * Call it before `connect`; what a session subscribes to ends with the session.
 *
 * Returned is that subscription, for a transport where clients subscribe by `subscriptions/listen`, which no server of
 * the SDK gets to see.
 */
export function registerCalculator({ server }: McpServer, options: RegisterOptions): ClockSubscription {
    const onError = (error: Error) => server.onerror?.(error);
    const subscription = createServerSubscription(server, options.clock);
    server.registerCapabilities(capabilities);
    // By name and not by `fallbackRequestHandler`: only so does a method that is none get the status 404 over HTTP.
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

/** Lets params through: each method checks its own, and the SDK would call what does not fit a defect of the server. */
const unchecked: StandardSchemaV1<Record<string, unknown>> = {
    '~standard': { version: 1, vendor: 'calc', validate: value => ({ value: value as Record<string, unknown> }) }
};
