import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { createEventStore } from '../src/servers/event-store.ts';

const message = (n: number): JSONRPCMessage => ({ jsonrpc: '2.0', method: `message/${n}` });

async function replay(store: ReturnType<typeof createEventStore>, after: string): Promise<JSONRPCMessage[]> {
    const sent: JSONRPCMessage[] = [];
    await store.replayEventsAfter(after, { send: async (_id, message) => void sent.push(message) });
    return sent;
}

test('the events after an id are replayed in order, and only those of the same stream', async () => {
    const store = createEventStore(100);
    const first = await store.storeEvent('a_stream', message(0));
    for (let n = 1; n < 20; n++) await store.storeEvent(n % 2 === 0 ? 'a_stream' : 'another', message(n));
    expect(await store.getStreamIdForEventId?.(first)).toBe('a_stream');
    expect(await replay(store, first)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18].map(message));
});

test('the store keeps at most the given number of events', async () => {
    const store = createEventStore(3);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await store.storeEvent('s', message(n)));
    expect(await replay(store, ids[2] ?? '')).toEqual([message(3), message(4)]);
    expect(await store.getStreamIdForEventId?.(ids[1] ?? '')).toBeUndefined();
    await expect(replay(store, ids[1] ?? '')).rejects.toThrow('not kept');
});
