import { connectKept, createRandom, patient, serveTransport, startProxy } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { connectStreamable, createCounter } from './fixtures.ts';

const CUTS = 100;
const CALLS = 1000;

test(`${CALLS} calls over ${CUTS} cut connections: each is run once and answered once`, {
    timeout: 60_000
}, async () => {
    const runs: string[] = [];
    const limits = { retryMs: 1, maxInFlight: 1000 };
    await using server = await serveTransport({ createServer: () => createCounter(runs), limits });
    const random = createRandom(1);
    let cuts = 0;
    let left = 10_000;
    // Cuts streams and POSTs, in the middle of a response.
    await using proxy = await startProxy(new URL(server.sseUrl).origin, ({ length }) => {
        left -= length;
        if (left > 0 || cuts === CUTS) return length;
        cuts++;
        left = Math.ceil(random() * 3000);
        return Math.floor(random() * length);
    });
    const replies = new Map<number, number>();
    await using kept = await connectKept(`${proxy.url}/sse`, {
        ...patient,
        onTrace: ({ kind, direction, text }) => {
            if (kind !== 'message' || direction !== 'received') return;
            const { id } = JSON.parse(text);
            replies.set(id, (replies.get(id) ?? 0) + 1);
        }
    });
    const calls = Array.from({ length: CALLS }, (_, call) => call);
    const texts = await Promise.all(
        calls.map(async call => {
            const { content } = await kept.client.callTool({ name: 'count', arguments: { call } });
            return Object(content)[0].text;
        })
    );
    expect(texts).toEqual(calls.map(String));
    expect(runs.toSorted()).toEqual(calls.map(call => `count ${call}`).toSorted());
    expect([...replies.values()].filter(times => times !== 1)).toEqual([]);
    expect(cuts).toBe(CUTS);
    expect(kept.names()).not.toContain('renewed');
    expect(kept.errors).toEqual([]);
});

test('over Streamable HTTP, calls over 100 cut connections: each is run once and answered once', async () => {
    const runs: string[] = [];
    const onCall = () => new Promise<void>(resolve => setImmediate(resolve));
    await using server = await serveTransport({
        createServer: () => createCounter(runs, onCall),
        limits: { retryMs: 1 }
    });
    const random = createRandom(1);
    let isStormy = false;
    let cuts = 0;
    let left = 0;
    await using proxy = await startProxy(new URL(server.mcpUrl).origin, ({ length }) => {
        left -= length;
        if (left > 0 || cuts === 100 || !isStormy) return length;
        cuts++;
        left = Math.ceil(random() * 2000);
        return Math.floor(random() * length);
    });
    await using kept = await connectStreamable(`${proxy.url}/mcp`);
    let calls = 0;
    isStormy = true;
    const callOn = async () => {
        while (cuts < 100) {
            const call = ++calls;
            const { content } = await kept.client.callTool({ name: 'count', arguments: { call } });
            expect(content).toEqual([{ type: 'text', text: `${call}` }]);
        }
    };
    await Promise.all(Array.from({ length: 8 }, callOn));
    expect([cuts, new Set(runs).size, runs.length, server.sessions.size]).toEqual([100, calls, calls, 1]);
});
