import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { SseClientError } from '../src/client/client-error.ts';
import type { RenewableTransport } from '../src/client/renewable-transport.ts';
import { SessionKeeper } from '../src/client/session-keeper.ts';

const initialize = { jsonrpc: '2.0', id: 0, method: 'initialize', params: {} } as const;
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' } as const;
const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'count' } } as const;
const result = { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'fake', version: '1' } };

/** A transport of which a test decides when things happen; it answers initialize. */
function fake() {
    const sent: string[] = [];
    const told: JSONRPCMessage[] = [];
    const inner: RenewableTransport & { fail: Error | undefined } = {
        closeReason: undefined,
        fail: undefined,
        start: async () => {},
        close: async () => inner.onclose?.(),
        async send(message) {
            if (!('method' in message)) return;
            sent.push(message.method);
            if (inner.fail) throw inner.fail;
            if (message.method === 'initialize' && 'id' in message) {
                inner.onmessage?.({ jsonrpc: '2.0', id: message.id, result });
            }
        }
    };
    const keeper = new SessionKeeper(inner);
    keeper.onmessage = message => told.push(message);
    return { inner, keeper, sent, told };
}

test('the new session is told once that it is initialized, also if the client was about to say so', async () => {
    const { inner, keeper, sent } = fake();
    await keeper.send(initialize);
    inner.onrenewed?.();
    await expect.poll(() => sent).toEqual(['initialize', 'initialize', 'notifications/initialized']);
    await keeper.send(initialized);
    expect(sent).toHaveLength(3);
    await keeper.close();
});

test('a session that is gone at the second attempt may have executed the first', async () => {
    const { inner, keeper, sent, told } = fake();
    await keeper.send(initialize);
    await keeper.send(call);
    inner.fail = new SseClientError('session-gone', 'gone', { mayHaveArrived: false });
    inner.onlost?.(call.id, true);
    await expect.poll(() => sent).toEqual(['initialize', 'tools/call', 'tools/call']);
    inner.fail = undefined;
    inner.onrenewed?.();
    await expect.poll(() => sent.at(-1)).toBe('notifications/initialized');
    expect(told.at(-1)).toMatchObject({ id: call.id, error: { data: { code: 'outcome-unknown' } } });
    await keeper.close();
});

test('a call that has surely not been executed is sent to the new session, whatever the tool', async () => {
    const { inner, keeper, sent, told } = fake();
    await keeper.send(initialize);
    inner.fail = new SseClientError('session-gone', 'gone', { mayHaveArrived: false });
    await keeper.send(call);
    inner.fail = undefined;
    inner.onrenewed?.();
    await expect.poll(() => sent.at(-1)).toBe('tools/call');
    expect(sent.filter(method => method === 'tools/call')).toHaveLength(2);
    expect(told).toHaveLength(1);
    await keeper.close();
});
