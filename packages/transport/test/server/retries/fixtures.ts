import { createPusher, serveTransport } from '@calc/test-helpers/wire';
import type { SessionsOptions } from '@calc/transport/server';
import { expect } from 'vitest';

export const JSON_TYPE = { 'Content-Type': 'application/json' };

/** The headers of a POST that is marked as a retry. */
export const retry = (key = '"1"') => ({ ...JSON_TYPE, 'Idempotency-Key': key });

/** Serves a pusher, which answers when a test asks it to. */
export async function startPusher(options: Omit<SessionsOptions, 'endpoint' | 'createServer'> = {}) {
    const pusher = createPusher();
    const server = await serveTransport({ createServer: pusher.createServer, ...options });
    return { ...server, pusher };
}

/** The status of an answer, and the code, message and id of its JSON-RPC error. */
export function refusalOf({ status, body }: { status: number; body: string }) {
    const { error, id } = JSON.parse(body);
    return { status, code: error.code, message: error.message, id };
}

/** The answer to a request that has the id of another request in flight. */
export const refusedForId = (id: number) => ({
    status: 400,
    code: -32600,
    message: expect.stringMatching(`^The id ${id} belongs`),
    id
});
