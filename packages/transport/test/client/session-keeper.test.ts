import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import type { RenewableTransport, SendOptions } from '../../src/client/session/renewable-transport.ts';
import { SessionKeeper } from '../../src/client/session/session-keeper.ts';
import { TransportError } from '../../src/client/transport-error.ts';

const initialize = { jsonrpc: '2.0', id: 0, method: 'initialize', params: {} } as const;
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' } as const;
const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'count' } } as const;
const capabilities = { experimental: { idempotencyKey: { rememberedMs: 60_000 } } };
const result = { protocolVersion: '2025-06-18', capabilities, serverInfo: { name: 'fake', version: '1' } };

/** A transport of which a test decides when things happen; it answers initialize. */
function fake() {
    const sent: string[] = [];
    const options: (SendOptions | undefined)[] = [];
    const told: JSONRPCMessage[] = [];
    const inner: RenewableTransport & { fail: Error | undefined } = {
        closeReason: undefined,
        fail: undefined,
        start: async () => {},
        close: async () => inner.onclose?.(),
        async send(message, given) {
            if (!('method' in message)) return;
            sent.push(message.method);
            options.push(given);
            if (inner.fail) throw inner.fail;
            if (message.method === 'initialize' && 'id' in message) {
                inner.onmessage?.({ jsonrpc: '2.0', id: message.id, result });
            }
        }
    };
    const keeper = new SessionKeeper(inner);
    keeper.onmessage = message => told.push(message);
    return { inner, keeper, sent, options, told };
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
    inner.fail = new TransportError('session-gone', 'gone', { mayHaveArrived: false });
    inner.onlost?.(call.id, performance.now());
    await expect.poll(() => sent).toEqual(['initialize', 'tools/call', 'tools/call']);
    inner.fail = undefined;
    inner.onrenewed?.();
    await expect.poll(() => sent.at(-1)).toBe('notifications/initialized');
    expect(told.at(-1)).toMatchObject({ id: call.id, error: { data: { code: 'outcome-unknown' } } });
    await keeper.close();
});

test('a request whose reply was lost is repeated as a retry while the server remembers it, and else fails', async () => {
    const { inner, keeper, sent, options, told } = fake();
    await keeper.send(initialize);
    await keeper.send(call);
    // The client relies on half the time only.
    expect(options.at(-1)).toEqual({ mayRepeat: false, retryMs: 30_000 });
    const heardAt = performance.now() - 29_000;
    inner.onlost?.(call.id, heardAt);
    await expect.poll(() => sent.length).toBe(3);
    expect(options.at(-1)).toEqual({ mayRepeat: false, retryMs: 30_000, heardAt });
    inner.onlost?.(call.id, performance.now() - 30_000);
    expect(told.at(-1)).toMatchObject({ id: call.id, error: { data: { code: 'outcome-unknown' } } });
    expect(sent).toHaveLength(3);
    await keeper.close();
});

test('a new session has to say again what it remembers', async () => {
    const { inner, keeper, options } = fake();
    await keeper.send(initialize);
    inner.onrenewed?.();
    await keeper.send({ ...call, id: 2 });
    await expect.poll(() => options.length).toBe(4);
    // The handshake is not marked; what comes after it may be.
    expect(options.map(given => given?.retryMs ?? 0)).toEqual([0, 0, 0, 30_000]);
    await keeper.close();
});

test('a call that has surely not been executed is sent to the new session, whatever the tool', async () => {
    const { inner, keeper, sent, told } = fake();
    await keeper.send(initialize);
    inner.fail = new TransportError('session-gone', 'gone', { mayHaveArrived: false });
    await keeper.send(call);
    inner.fail = undefined;
    inner.onrenewed?.();
    await expect.poll(() => sent.filter(method => method === 'tools/call')).toHaveLength(2);
    expect(told).toHaveLength(1);
    await keeper.close();
});

test('close() while a new session is made ready leaves no close reason', async () => {
    const { inner, keeper } = fake();
    await keeper.send(initialize);
    const asked = new Promise<void>(resolve => {
        // The server does not answer the second initialize.
        inner.send = async () => resolve();
    });
    inner.onrenewed?.();
    await asked;
    await keeper.close();
    await new Promise(setImmediate);
    expect(keeper.closeReason).toBeUndefined();
});
