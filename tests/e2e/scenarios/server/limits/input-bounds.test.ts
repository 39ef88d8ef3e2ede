import { openMcp, openStream, send, startServer, type TestServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { envelope, toHeaders } from '../../../helpers/stateless-fixture.ts';

const post = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

/** Every way by which a message comes in over HTTP: where it is posted to, and with which headers. */
async function openWays(server: TestServer) {
    const stream = await openStream(server.sseUrl);
    const session = await openMcp(server.mcpUrl);
    const ways: [name: string, url: string | URL, headers: Record<string, string>][] = [
        ['/messages', stream.endpoint, post],
        ['/mcp', server.mcpUrl, { ...post, 'Mcp-Session-Id': session.sessionId }],
        ['/mcp, without a session', server.mcpUrl, post],
        ['/mcp, stateless', server.mcpUrl, toHeaders('tools/list')]
    ];
    return {
        ways,
        async [Symbol.asyncDispose]() {
            expect(await stream.request('last', 'ping')).toMatchObject({ result: {} });
            expect(await session.request('last', 'ping')).toMatchObject({ result: {} });
            await stream[Symbol.asyncDispose]();
            await session[Symbol.asyncDispose]();
        }
    };
}

/** Messages with that JSON at one place each. */
function place(json: string): string[] {
    const info = JSON.stringify(envelope).slice(1, -1);
    return [
        json,
        `[${json}]`,
        `{"jsonrpc":"2.0","id":${json},"method":"ping"}`,
        `{"jsonrpc":"2.0","id":1,"method":${json}}`,
        `{"jsonrpc":"2.0","id":1,"method":"ping","params":${json}}`,
        `{"jsonrpc":"2.0","id":1,"method":"ping","extra":${json}}`,
        `{"jsonrpc":"2.0","id":1,"result":${json}}`,
        `{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"","data":${json}}}`,
        `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":${json}}}`,
        `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{${info},"x":${json}}}}`,
        `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"experimental":${json}}}}`
    ];
}

proves(['post.too-complex'], 'JSON that is nested too deeply is refused on every transport', async () => {
    await using server = await startServer();
    await using open = await openWays(server);
    const nests = [2000, 100_000].flatMap(levels => [
        '['.repeat(levels) + ']'.repeat(levels),
        `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`,
        '['.repeat(levels)
    ]);
    for (const [name, url, headers] of open.ways) {
        for (const body of nests.flatMap(place)) {
            const answer = await send(url, { method: 'POST', headers, body });
            const title = `${name} ${body.slice(0, 100)}`;
            expect(answer.status, title).toBe(400);
            expect(JSON.parse(answer.body), title).toMatchObject({
                error: { code: -32600, message: expect.stringContaining('more than 64 levels deep') },
                id: null
            });
        }
    }
});

proves(['post.too-complex'], 'JSON with too many members or elements is refused on every transport', async () => {
    await using server = await startServer();
    await using open = await openWays(server);
    const elements = `[${'{},'.repeat(1_390_000)}{}]`;
    const members = Array.from({ length: 10_001 }, (_, index) => `"${index}":0`);
    for (const [name, url, headers] of open.ways) {
        for (const params of [elements, `{${members}}`]) {
            const body = `{"jsonrpc":"2.0","id":1,"method":"ping","params":${params}}`;
            const answer = await send(url, { method: 'POST', headers, body });
            expect([answer.status, JSON.parse(answer.body).error.code], `${name} ${body.slice(0, 100)}`).toEqual([
                400, -32600
            ]);
            expect(answer.body).toContain('more than 10000 members');
        }
    }
});

const long = 'x'.repeat(100_000);
const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`${'\u0001'.repeat(50)}${index}`, index]));
const list = Array.from({ length: 3000 }, () => ({}));
const clientInfo = { name: 'n', version: '1', icons: list };

/** Requests that are wrong in a large way. */
const large: [method: string, params: object | string, more?: object][] = [
    [long, {}],
    ['tools/call', { name: long }],
    ['tools/call', { name: 'add', arguments: many }],
    ['tools/call', { name: 'server_time', arguments: { timezone: long } }],
    ['tools/call', { name: 'add', arguments: list }],
    ['tools/list', { cursor: long }],
    ['resources/read', { uri: long }],
    ['resources/read', { uri: many }],
    ['prompts/get', { name: long }],
    ['prompts/get', { name: 'what-time-is-it', arguments: many }],
    ['completion/complete', { ref: { type: long }, argument: many }],
    ['completion/complete', { ref: { type: 'ref/resource', uri: long }, argument: { name: long, value: long } }],
    ['initialize', { protocolVersion: long, capabilities: {}, clientInfo }],
    ['initialize', { protocolVersion: '1', capabilities: { experimental: many }, clientInfo: {} }],
    ['ping', long],
    ['ping', list],
    ['ping', { _meta: { progressToken: long } }],
    ['ping', { _meta: { 'io.modelcontextprotocol/clientInfo': clientInfo } }],
    ['ping', { _meta: { 'io.modelcontextprotocol/clientCapabilities': { extensions: many } } }],
    ['ping', { _meta: { 'io.modelcontextprotocol/logLevel': long } }],
    ['ping', { _meta: { 'io.modelcontextprotocol/protocolVersion': long } }],
    ['ping', {}, { [long]: 1 }],
    ['ping', {}, { id: long }],
    ['ping', {}, { jsonrpc: long }],
    ['subscriptions/listen', { notifications: { resourceSubscriptions: list } }],
    ['subscriptions/listen', { notifications: many }]
];

proves(['error.size'], 'no error on /messages or on /mcp is larger than 4 KB, for any malformed message', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    await using session = await openMcp(server.mcpUrl);
    for (const [index, [method, params, more]] of large.entries()) {
        const name = `${method} ${JSON.stringify(params).slice(0, 60)}`.slice(0, 100);
        const id = `${index}${'\u0001'.repeat(250)}`;
        const message = { jsonrpc: '2.0', id, method, params, ...more };
        const inSession = await session.post(message);
        expectSmall(inSession.body, `session: ${name}`);

        const { status, body } = await stream.post(message);
        if (status === 202) {
            await stream.find(frame => frame.kind === 'event' && frame.data.includes(JSON.stringify(id)));
            expectSmall(JSON.stringify(stream.messages().at(-1)), `stream: ${name}`);
        } else expectSmall(body, `stream: ${name}`);

        for (const _meta of [envelope, { ...envelope, ...Object(Object(params)._meta) }]) {
            const request = { ...message, params: typeof params === 'string' ? params : { ...params, _meta } };
            const headers = { ...toHeaders(method.slice(0, 100), 'add'), 'MCP-Protocol-Version': '2026-07-28' };
            const answer = await send(server.mcpUrl, { method: 'POST', headers, body: JSON.stringify(request) });
            // What is wrong for a session may be right here; a stream that has begun is not an error.
            if (answer.status !== 200 || answer.body.includes('"error"')) {
                expectSmall(answer.body, `stateless: ${name}`);
            }
        }
    }
});

function expectSmall(body: string, name: string): void {
    expect(Buffer.byteLength(body), name).toBeLessThan(4096);
}
