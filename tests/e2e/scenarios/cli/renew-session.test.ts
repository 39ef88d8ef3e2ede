import {
    connectKept,
    createGate,
    createManualClock,
    holdFirst,
    hurried,
    patient,
    serveHttp,
    serveTutorial
} from '@calc/test-helpers';
import { ElicitRequestSchema, InitializeRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';

const textOf = (result: object) => Object(Reflect.get(result, 'content'))[0]?.text;

test('without resumption, a tool that says it may be called twice is called again, and answered', async () => {
    const { begun, onCall } = holdFirst();
    await using server = await serveTutorial({ onCall });
    await using kept = await connectKept(server.sseUrl, patient);
    await kept.client.listTools();
    const answer = kept.client.callTool({ name: 'look', arguments: { call: 1 } });
    await begun;
    server.breakAll();
    expect(textOf(await answer)).toBe('1');
    expect(server.runs).toEqual(['look 1', 'look 1']);
    expect(kept.names()).toEqual(['connecting', 'open', 'dropped', 'renewed']);
});

test('a tool that says nothing of the kind is not called twice: the call fails and says why', async () => {
    const { begun, onCall } = holdFirst();
    await using server = await serveTutorial({ onCall });
    await using kept = await connectKept(server.sseUrl, patient);
    await kept.client.listTools();
    const answer = kept.client.callTool({ name: 'count', arguments: { call: 1 } });
    await begun;
    server.breakAll();
    await expect(answer).rejects.toMatchObject({
        message: expect.stringMatching(
            /stream dropped while tools\/call "count" was in flight.*no memory of the session.*not known whether the tool ran/
        ),
        data: { code: 'outcome-unknown' }
    });
    expect(textOf(await kept.client.callTool({ name: 'count', arguments: { call: 2 } }))).toBe('2');
    expect(server.runs).toEqual(['count 1', 'count 2']);
});

test('a tool of which no list was seen is taken for one that must not be called twice', async () => {
    const { begun, onCall } = holdFirst();
    await using server = await serveTutorial({ onCall });
    await using kept = await connectKept(server.sseUrl, patient);
    const answer = kept.client.callTool({ name: 'look', arguments: { call: 1 } });
    await begun;
    server.breakAll();
    await expect(answer).rejects.toThrow('not known whether the tool ran');
    expect(server.runs).toEqual(['look 1']);
});

test('a call made while the stream is down waits for the new session, and is run once', async () => {
    await using server = await serveTutorial();
    const down = createGate();
    const onState = ({ name }: { name: string }) => name === 'dropped' && down.open();
    await using kept = await connectKept(server.sseUrl, { ...patient, onState });
    server.breakAll();
    await down.opened;
    // Its POST finds the session gone, so that it is certain that it has not run.
    expect(textOf(await kept.client.callTool({ name: 'count', arguments: { call: 1 } }))).toBe('1');
    expect(server.runs).toEqual(['count 1']);
});

test('a server that finds the session gone is there: the next stream is opened without a delay', async () => {
    await using server = await serveTutorial();
    const clock = createManualClock();
    await using kept = await connectKept(server.sseUrl, { clock, random: () => 1 });
    const delays = () => kept.states.flatMap(state => (state.name === 'dropped' ? state.retryInMs : []));
    server.breakAll();
    await expect.poll(delays).toEqual([1000]);
    const answer = kept.client.callTool({ name: 'count', arguments: { call: 1 } });
    await expect.poll(delays).toEqual([1000, 0]);
    clock.advance(0);
    expect(textOf(await answer)).toBe('1');
});

test('an answer to what the old session asked is not given to the new one', async () => {
    await using server = await serveTutorial({ elicits: true });
    const asked: string[] = [];
    const first = createGate();
    await using kept = await connectKept(server.sseUrl, patient, { elicitation: {} });
    await kept.client.listTools();
    const late = createGate();
    kept.client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
        asked.push(params.message);
        if (asked.length > 1) {
            // By now the user has clicked in the dialog of the old session.
            late.open();
            await new Promise(resolve => setTimeout(resolve, 50));
            return { action: 'decline' };
        }
        first.open();
        await late.opened;
        return { action: 'accept', content: {} };
    });
    const answer = kept.client.callTool({ name: 'look', arguments: { call: 1 } });
    await first.opened;
    server.breakAll();
    expect(textOf(await answer)).toBe('decline');
    expect(asked).toEqual(['run 1', 'run 2']);
});

test('the log level and subscriptions are told to the new session, a cancelled request is not', async () => {
    const said: string[][] = [];
    await using server = await serveScript(said, () => ({ protocolVersion: '2025-06-18' }));
    await using kept = await connectKept(server.sseUrl, patient);
    await kept.client.setLoggingLevel('warning');
    await kept.client.subscribeResource({ uri: 'a:1' });
    await kept.client.subscribeResource({ uri: 'a:2' });
    await kept.client.unsubscribeResource({ uri: 'a:1' });
    const cancel = new AbortController();
    const hung = kept.client.listPrompts({}, { signal: cancel.signal });
    await expect.poll(() => said[0]).toContain('prompts/list');
    cancel.abort('enough');
    await expect(hung).rejects.toThrow('enough');
    server.breakAll();
    await expect.poll(() => said[1]?.length).toBe(4);
    expect(said[1]).toEqual([
        'initialize kept client',
        'notifications/initialized',
        'logging/setLevel warning',
        'resources/subscribe a:2'
    ]);
    await kept.client.ping();
    expect(said).toHaveLength(2);
    // The client gets each reply once, although this server sends each twice.
    expect(kept.errors).toEqual([]);
});

test.for([
    ['speaks another version', { protocolVersion: '2024-11-05' }, /speaks 2024-11-05, and spoke 2025-06-18 before/],
    ['refuses to initialize', undefined, /refuses to initialize again: not today/]
] as const)('a server that %s after a restart ends it for all, with that reason', async ([, second, reason]) => {
    const said: string[][] = [];
    await using server = await serveScript(said, session =>
        session === 0 ? { protocolVersion: '2025-06-18' } : second
    );
    await using kept = await connectKept(server.sseUrl, patient);
    const hung = [kept.client.listTools(), kept.client.listPrompts()];
    await expect.poll(() => said[0]?.length).toBe(4);
    server.breakAll();
    for (const request of hung) await expect(request).rejects.toThrow(reason);
    expect(kept.closes).toBe(1);
    expect(kept.names().at(-1)).toBe('closed');
    expect(kept.transport.closeReason).toMatchObject({ code: 'not-renewed', message: expect.stringMatching(reason) });
    await expect(kept.client.ping()).rejects.toThrow('Not connected');
    await expect.poll(() => server.answering).toBe(0);
});

test('a server that never answers the second initialize is given up', async () => {
    const said: string[][] = [];
    await using server = await serveScript(said, session =>
        session === 0 ? { protocolVersion: '2025-06-18' } : 'silence'
    );
    await using kept = await connectKept(server.sseUrl, { clock: hurried, giveUpAfterMs: 50_000 });
    const hung = kept.client.listTools();
    await expect.poll(() => said[0]?.length).toBe(3);
    server.breakAll();
    await expect(hung).rejects.toThrow('no new session was ready within 50000 ms');
    expect(kept.closes).toBe(1);
    // The same code as that of a server that does not come back: which limit passes first is chance.
    expect(kept.transport.closeReason).toMatchObject({ code: 'gave-up' });
});

/** A server that says only what it is told to at `initialize`, an empty result to what is subscribed, each reply twice. */
async function serveScript(said: string[][], initialize: (session: number) => object | 'silence' | undefined) {
    const streams: { write(text: string): unknown }[] = [];
    return await serveHttp(async (req, res) => {
        const url = new URL(req.url ?? '', 'http://localhost');
        if (req.method === 'GET') {
            res.writeHead(200, { 'Content-Type': 'text/event-stream' });
            res.write(`event: endpoint\ndata: /messages?session=${streams.length}\n\n`);
            streams.push(res);
            said.push([]);
            return;
        }
        const session = Number(url.searchParams.get('session'));
        let body = '';
        for await (const chunk of req) body += chunk;
        const { id, method, params } = JSON.parse(body);
        res.writeHead(202).end();
        const detail = params?.clientInfo?.name ?? params?.uri ?? params?.level ?? params?.name;
        said[session]?.push([method, detail].filter(Boolean).join(' '));
        const reply = (outcome: object) =>
            streams[session]?.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, ...outcome })}\n\n`.repeat(2));
        if (method === InitializeRequestSchema.shape.method.value) {
            const answer = initialize(session);
            if (answer === 'silence') return;
            const capabilities = { logging: {}, resources: { subscribe: true }, tools: {}, prompts: {} };
            const result = { capabilities, serverInfo: { name: 'script', version: '1' }, ...answer };
            reply(answer ? { result } : { error: { code: -32000, message: 'not today' } });
        } else if (id !== undefined && /subscribe|setLevel|ping/.test(method)) reply({ result: {} });
    });
}
