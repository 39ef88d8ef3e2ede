import { randomUUID } from 'node:crypto';
import type { HttpAnswer, RawStream, SendOptions } from '@calc/test-helpers';
import { expect } from 'vitest';

export const JSON_TYPE = { 'Content-Type': 'application/json' };

export function bearer(token: string): Record<string, string> {
    return { Authorization: `Bearer ${token}` };
}

/** The requests that require a credential. */
export const protectedRequests: readonly (SendOptions & { path: string })[] = [
    { method: 'GET', path: '/sse' },
    { method: 'HEAD', path: '/sse' },
    { method: 'POST', path: `/messages?sessionId=${randomUUID()}`, headers: JSON_TYPE, body: '{}' },
    { method: 'GET', path: '/metrics' }
];

/** Checks that an answer is 401 as RFC 6750, section 3, and the contract have it. */
export function expectUnauthorized({ status, headers, body }: HttpAnswer, what: string): void {
    expect([status, headers['www-authenticate']], what).toEqual([401, 'Bearer']);
    expect(headers['content-type'], what).toBe('application/json');
    // The answer to HEAD has no body.
    if (body !== '')
        expect(JSON.parse(body), what).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 }, id: null });
}

/** Posts a ping with these headers and waits for the reply on the stream. */
export async function expectReply(stream: RawStream, id: string, headers: Record<string, string>): Promise<void> {
    const { status } = await stream.post({ jsonrpc: '2.0', id, method: 'ping' }, { ...JSON_TYPE, ...headers });
    expect(status, id).toBe(202);
    await stream.find(frame => frame.kind === 'event' && frame.event === 'message' && JSON.parse(frame.data).id === id);
}
