import { proves } from '@calc/test-helpers/proves';
import {
    call,
    cancel,
    createManualClock,
    createPusher,
    createServer,
    note,
    openMcp,
    send,
    serveTransport,
    withProgress
} from '@calc/test-helpers/wire';
import { expect } from 'vitest';

proves(['http.events', 'http.reply'], 'messages of a request are sent on its own stream, with event ids', async () => {
    await using server = await serveTransport({ createServer });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.ended;
    const id = (position: number) => `${client.sessionId}:2:${position}`;
    expect(events?.text).toMatch(`retry: 2000\nid: ${id(0)}\ndata: \n\nid: ${id(1)}\nevent: message\n`);
    expect(events?.frames.slice(2).map(frame => frame.kind === 'event' && frame.id)).toEqual([1, 2, 3, 4].map(id));
    expect(events?.messages().map(({ params, id }) => params?.progress ?? id)).toEqual([1, 2, 3, 7]);
});

proves(['http.events'], 'a client of an older revision gets no event without data', async () => {
    await using server = await serveTransport({ createServer });
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-06-18' });
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.ended;
    const id = (position: number) => `id: ${client.sessionId}:2:${position}\nevent: message\ndata: {`;
    expect(events?.text.startsWith(`retry: 2000\n${id(1)}`)).toBe(true);
    // `retry` is sent once, and every block has data.
    const blocks = events?.text.trimEnd().split('\n\n') ?? [];
    expect(blocks.filter(block => block.includes('\ndata: {'))).toHaveLength(4);
    expect(blocks).toHaveLength(4);
    expect(events?.text.match(/retry/g)).toHaveLength(1);
});

for (const [who, protocolVersion, limits] of [
    ['a client of an older revision', '2025-06-18', {}],
    ['a client that cannot resume', '2025-11-25', { resumeWindowMs: 0 }]
] as const) {
    proves(['http.events', 'http.keepalive'], `GET /mcp sends ${who} retry with the first message`, async () => {
        const pusher = createPusher();
        pusher.protocolVersion = protocolVersion;
        await using server = await serveTransport({
            createServer: pusher.createServer,
            limits: { heartbeatMs: 20, ...limits }
        });
        await using client = await openMcp(server.mcpUrl, { protocolVersion });
        const stream = await client.open();
        // Before the first message, only comments are sent.
        await stream.find(frame => frame.kind === 'comment');
        expect(stream.text).toMatch(/^(: keepalive\n\n)+$/);
        await pusher.push(note('first'));
        await pusher.push(note('second'));
        await stream.find(frame => frame.kind === 'event' && frame.data.includes('second'));
        const [first, second] = stream.text.split('\n\n').filter(block => block.includes('data: {'));
        expect(first).toMatch(`retry: 2000\nid: ${client.sessionId}:0:1\nevent: message\n`);
        expect(second).not.toMatch('retry');
    });
}

proves(
    ['http.get'],
    'messages that belong to no request are sent on the stream of GET, including earlier ones',
    async () => {
        const pusher = createPusher();
        await using server = await serveTransport({ createServer: pusher.createServer });
        await using client = await openMcp(server.mcpUrl);
        await pusher.push(note('early'));
        const first = await client.open();
        await pusher.push(note('live'));
        await first.find(frame => frame.kind === 'event' && frame.data.includes('live'));
        expect(first.messages().map(({ params }) => params?.data)).toEqual(['early', 'live']);
        const second = await client.open();
        await first.ended;
        await pusher.push(note('for the second'));
        await second.find(frame => frame.kind === 'event' && frame.data.includes('for the second'));
        expect(second.messages().map(({ params }) => params?.data)).toEqual(['for the second']);
    }
);

proves(
    ['http.get', 'http.accepted'],
    'a request of the server is sent on the stream of GET, and answered by a POST',
    async () => {
        await using server = await serveTransport({ createServer });
        await using client = await openMcp(server.mcpUrl);
        const { events } = await client.post(call(1, 'ask', { arguments: { question: 'How many?' } }));
        const pushed = await client.open();
        const question = await pushed.find(frame => frame.kind === 'event' && frame.data.includes('elicitation'));
        const { id } = JSON.parse(question?.kind === 'event' ? question.data : '');
        const answer = { jsonrpc: '2.0', id, result: { action: 'accept', content: { answer: 'five' } } };
        expect((await client.post(answer)).status).toBe(202);
        const reply = await events?.findReply(1);
        expect(reply?.result?.structuredContent).toEqual({ action: 'accept', answer: 'five' });
    }
);

proves(['http.events'], 'the stream of GET ends with its connection; the stream of a request does not', async () => {
    await using server = await serveTransport({ createServer });
    await using client = await openMcp(server.mcpUrl);
    const pushed = await client.get();
    const { headers } = await client.post(call(7, 'progress', withProgress));
    expect([pushed.headers['transfer-encoding'], headers['transfer-encoding']]).toEqual([undefined, 'chunked']);
});

proves(['http.cancelled'], 'a cancelled request ends its stream without a reply', async () => {
    await using server = await serveTransport({ createServer, limits: { maxInFlight: 1 } });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'wait'));
    const refused = await client.post(call(2, 'wait'));
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect((await client.post(cancel(1))).status).toBe(202);
    await events?.ended;
    expect(events?.messages()).toEqual([]);
    expect((await client.get(events?.lastEventId)).status).toBe(204);
    expect(await client.request(3, 'ping')).toMatchObject({ id: 3, result: {} });
});

proves(['http.reply', 'http.cancelled'], 'a request that was cancelled before it arrived is answered', async () => {
    await using server = await serveTransport({ createServer });
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    const { events } = await client.post([cancel(1), { jsonrpc: '2.0', id: 1, method: 'ping' }]);
    expect(await events?.findReply(1)).toMatchObject({ id: 1, result: {} });
});

proves(['http.cancelled'], 'a reply to a cancelled request is dropped', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'x'));
    await client.post(cancel(1));
    await events?.ended;
    await pusher.replies[0]?.({ n: 1 });
    expect((await client.get(events?.lastEventId)).status).toBe(204);
});

proves(['http.session'], 'a session that ends in the turn of a request ends its stream and its timers', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    await using server = await serveTransport({ createServer: pusher.createServer, clock });
    await using client = await openMcp(server.mcpUrl);
    pusher.whenAsked = () => server.sessions.close();
    const { status, events } = await client.post(call(1, 'x'));
    await events?.ended;
    // Not 404, from which a client would conclude that the request was not run.
    expect([status, events?.messages()]).toEqual([200, []]);
    expect((await client.get(events?.lastEventId)).status).toBe(404);
    await expect.poll(() => clock.pending).toBe(0);
});

proves(['http.initialize', 'http.batch'], 'initialize in a batch, or with malformed params, is refused', async () => {
    await using server = await serveTransport({ createServer });
    const open = { jsonrpc: '2.0', id: 5, method: 'initialize' };
    const params = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
    for (const [message, code] of [
        [[{ ...open, params }], -32600],
        [{ ...open, params: [] }, -32602],
        [{ ...open, params: { ...params, _meta: [] } }, -32602]
    ] as const) {
        const answer = await send(server.mcpUrl, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
            body: JSON.stringify(message)
        });
        expect([answer.status, JSON.parse(answer.body).error.code], JSON.stringify(message)).toEqual([400, code]);
    }
    expect(server.sessions.size).toBe(0);
});
