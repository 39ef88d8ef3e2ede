import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { StateOfSession } from '../../src/shared/owner/session-state.ts';

function subscribe(uri: string, method = 'resources/subscribe'): JSONRPCRequest {
    return { jsonrpc: '2.0', id: 1, method, params: { uri } };
}

test('the next owner gets subscriptions up to 256 KiB; those that ended make room', () => {
    const state = new StateOfSession();
    const note = (request: JSONRPCRequest) => state.note(request, {}, {});
    const [large, other] = ['a'.repeat(200_000), 'b'.repeat(100_000)];
    expect(note(subscribe(large))).toBe(true);
    expect(note(subscribe(other))).toBe(false);
    const next = StateOfSession.fromBroker(state.toBroker());
    expect(next.note(subscribe(large), {}, {})).toBe(true);
    expect(next.note(subscribe(other), {}, {})).toBe(false);
    expect(next.note(subscribe(large, 'resources/unsubscribe'), {}, {})).toBe(true);
    expect(next.note(subscribe(other), {}, {})).toBe(true);
    expect(next.settings).toHaveLength(1);
});
