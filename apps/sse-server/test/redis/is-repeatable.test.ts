import { expect, test } from 'vitest';
import { isRepeatable } from '../../src/redis/is-repeatable.ts';

test('a request may run twice unless it calls a tool that is neither read-only nor idempotent', () => {
    const request = (method: string, params?: { name?: unknown }) =>
        isRepeatable({ jsonrpc: '2.0', id: 1, method, ...(params && { params }) });
    expect(request('tools/list')).toBe(true);
    expect(request('resources/subscribe')).toBe(true);
    expect(request('tools/call', { name: 'add' })).toBe(true);
    // Reads, although each reading differs.
    expect(request('tools/call', { name: 'random-joke' })).toBe(true);
    expect(request('tools/call', { name: 'unknown' })).toBe(false);
    expect(request('tools/call')).toBe(false);
});
