import { openMcp, openStream, send, startServer, type TestServer } from '@calc/testkit';
import { expect } from 'vitest';
import { proves } from './proves.ts';
import { envelope, toHeaders } from './stateless-fixture.ts';

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

proves(['post.too-complex'], 'JSON that is nested too deep is refused on every way in, wherever it is', async () => {
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

proves(['post.too-complex'], 'JSON with too many members or elements is refused on every way in', async () => {
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
