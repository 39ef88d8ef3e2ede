import { connectKept, patient, serveTransport, startCutting } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { createCounter } from './fixtures.ts';

test('a stream that is cut is resumed in the same session, after the delay that the server asked for', async () => {
    await using server = await serveTransport({ createServer: () => createCounter() });
    await using proxy = await startCutting(server.sseUrl);
    await using kept = await connectKept(`${proxy.url}/sse`, patient);
    proxy.cut();
    const { content } = await kept.client.callTool({ name: 'count', arguments: { call: 5 } });
    expect(content).toEqual([{ type: 'text', text: '5' }]);
    expect(kept.names()).toEqual(['connecting', 'open', 'dropped', 'resumed']);
    expect(kept.states[2]).toMatchObject({ retryInMs: 2000, reason: { code: 'unreachable' } });
    expect(kept.errors).toEqual([]);
});
