import { openMcp, openStream, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { envelope, post, toHeaders } from '../../../helpers/stateless-fixture.ts';

const CLIENT_INFO = 'io.modelcontextprotocol/clientInfo';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';

/** Requests of clients that write null for what they leave out, and a part of each result. */
const requests: [method: string, params: object | null, result: object][] = [
    ['ping', null, {}],
    ['ping', { _meta: null }, {}],
    ['tools/list', null, { tools: expect.any(Array) }],
    ['tools/list', { cursor: null, _meta: { progressToken: null } }, { tools: expect.any(Array) }],
    ['resources/list', { cursor: null }, { resources: expect.any(Array) }],
    ['resources/templates/list', { cursor: null }, { resourceTemplates: expect.any(Array) }],
    ['prompts/list', { cursor: null }, { prompts: expect.any(Array) }],
    ['tools/call', { name: 'server_time', arguments: null, _meta: null, task: null }, { structuredContent: {} }],
    [
        'completion/complete',
        {
            ref: { type: 'ref/prompt', name: 'what-time-is-it' },
            argument: { name: 'timezone', value: 'UTC' },
            context: null
        },
        { completion: {} }
    ]
];

const initialize = {
    protocolVersion: '2025-11-25',
    capabilities: { roots: { listChanged: null }, sampling: null, elicitation: { form: null }, experimental: null },
    clientInfo: { name: 'n', version: '1', title: null, icons: [{ src: 's', sizes: null, theme: null }] },
    _meta: null
};

proves(['rpc.null'], 'null counts as absent on /messages and on /mcp in a session', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    await using session = await openMcp(server.mcpUrl);
    const cases = [...requests, ['initialize', initialize, { protocolVersion: '2025-11-25' }] as const];
    for (const [id, [method, params, result]] of cases.entries()) {
        const message = { jsonrpc: '2.0', id, method, params };
        expect((await stream.post(message)).status).toBe(202);
        await stream.find(frame => frame.kind === 'event' && frame.data.includes(`"id":${id}`));
        const reply = stream.messages().find(each => each.id === id);
        expect(reply, `${method} ${JSON.stringify(params)}`).toMatchObject({ id, result });
        if (method === 'initialize') continue;
        const answer = await session.post(message);
        const json = answer.events ? await answer.events.findReply(id) : JSON.parse(answer.body);
        expect(json, `${method} ${JSON.stringify(params)}`).toMatchObject({ id, result });
    }
    const opening = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize });
    const opened = await post(new URL(server.mcpUrl), JSON.parse(opening), {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream'
    });
    expect([opened.status, opened.json.result.protocolVersion]).toEqual([200, '2025-11-25']);
});

proves(['rpc.null', 'stateless.reply'], 'null counts as absent in stateless requests', async () => {
    await using server = await startServer();
    const _meta = {
        ...envelope,
        progressToken: null,
        [CLIENT_INFO]: { ...envelope[CLIENT_INFO], icons: null, title: null },
        [CAPABILITIES]: { roots: null, sampling: { tools: null } }
    };
    for (const [method, params, result] of requests) {
        if (method === 'ping') continue;
        const { name }: { name?: string } = Object(params);
        const body = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } };
        const answer = await post(new URL(server.mcpUrl), body, toHeaders(method, name));
        expect(answer.json, `${method} ${JSON.stringify(params)}`).toMatchObject({ result });
    }
});

proves(['post.not-json-rpc', 'http.body'], 'the error names what is wrong with the message', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    await using session = await openMcp(server.mcpUrl);
    for (const [message, says] of [
        [
            { jsonrpc: '2.0', id: null, method: 'ping' },
            'id must be a safe integer or a string of at most 256 characters, not null'
        ],
        [{ jsonrpc: '2.0', id: 1, method: 7 }, 'method must be a string, not 7'],
        [
            { jsonrpc: '2.0', id: 1, method: 'ping', foo: 1 },
            'Unknown member "foo"; put it into params, or leave it out'
        ],
        [{ jsonrpc: '2.0', id: 1, method: 'ping', params: 1 }, 'params must be an object, not 1']
    ] as const) {
        const isParams = says.startsWith('params');
        const answer = await session.post(message);
        expect(JSON.parse(answer.body).error).toEqual({ code: isParams ? -32602 : -32600, message: says });
        if (isParams) continue;
        const { status, body } = await stream.post(message);
        expect([status, JSON.parse(body).error]).toEqual([400, { code: -32600, message: says }]);
    }
    const batch = [{ jsonrpc: '2.0', id: 1, method: 'ping' }];
    for (const { status, body } of [await stream.post(batch), await session.post(batch)]) {
        expect([status, JSON.parse(body).error.message]).toEqual([400, expect.stringMatching(/batch.*one by one/i)]);
    }
});
