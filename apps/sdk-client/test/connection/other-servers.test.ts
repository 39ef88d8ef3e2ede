import { once } from 'node:events';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
    ListPromptsRequestSchema,
    ListResourcesRequestSchema,
    ListToolsRequestSchema,
    ReadResourceRequestSchema,
    SetLevelRequestSchema
} from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { startMcpServer } from '../helpers/mcp-server.ts';
import { runClient } from '../helpers/run-client.ts';

// What the calculator never does: lists of several pages, log messages, bytes.

const client = (url: string, ...argv: string[]) => runClient([...argv, '--url', url]);

/** Answers with one item a page. */
function page<Item>(items: Item[], cursor: string | undefined) {
    const at = Number(cursor ?? 0);
    return { items: items.slice(at, at + 1), ...(at + 1 < items.length && { nextCursor: String(at + 1) }) };
}

function registerPages({ server }: McpServer): void {
    server.registerCapabilities({ tools: {}, prompts: {}, resources: {} });
    const names = ['one', 'two', 'three'];
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
        const { items, ...rest } = page(names, params?.cursor);
        return { tools: items.map(name => ({ name, inputSchema: { type: 'object' } })), ...rest };
    });
    server.setRequestHandler(ListPromptsRequestSchema, ({ params }) => {
        const { items, ...rest } = page(names, params?.cursor);
        return { prompts: items.map(name => ({ name })), ...rest };
    });
    server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => {
        const { items, ...rest } = page(names, params?.cursor);
        return { resources: items.map(name => ({ name, uri: `test:${name}` })), ...rest };
    });
    server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => ({
        contents: [{ uri, mimeType: 'image/png', blob: Buffer.from('bytes').toString('base64') }]
    }));
}

test('lists are read over all their pages', async () => {
    await using server = await startMcpServer(registerPages);
    const names = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
    expect(JSON.parse((await client(server.url, 'tools', '--json')).stdout)).toMatchObject(names);
    expect(JSON.parse((await client(server.url, 'prompts', '--json')).stdout)).toMatchObject(names);
});

test('resources are listed although the server has no templates', async () => {
    await using server = await startMcpServer(registerPages);
    const { code, stdout } = await client(server.url, 'resources', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ resources: [{}, {}, { uri: 'test:three' }], resourceTemplates: [] });
});

test('a server with tools only: resources and prompts are empty lists, and the exit code is 0', async () => {
    await using server = await startMcpServer();
    const run = (...argv: string[]) => client(server.url, ...argv);
    expect(await run('resources')).toEqual({ code: 0, stdout: 'the server has no resources\n', stderr: '' });
    expect(await run('prompts')).toEqual({ code: 0, stdout: 'the server has no prompts\n', stderr: '' });
    expect(JSON.parse((await run('resources', '--json')).stdout)).toEqual({ resources: [], resourceTemplates: [] });
    expect(await run('prompt', 'greet')).toMatchObject({
        code: 1,
        stderr: 'there is no prompt named "greet"; the server has none\n'
    });
});

test('a server that announces nothing has no tools either', async () => {
    await using server = await startMcpServer(() => {});
    expect(await client(server.url, 'tools')).toEqual({ code: 0, stdout: 'the server has no tools\n', stderr: '' });
    expect(await client(server.url, 'call', 'add')).toMatchObject({
        code: 1,
        stderr: 'there is no tool named "add"; the server has none\n'
    });
});

test('bytes go to a pipe as they are, and are described on a terminal', async () => {
    await using server = await startMcpServer(registerPages);
    const argv = ['read', 'test:one', '--url', server.url];
    expect((await runClient(argv)).stdout).toBe('bytes');
    const out = { isTerminal: true, color: false, columns: 80 };
    expect((await runClient(argv, { out })).stdout).toBe('[resource: test:one, image/png, 5 bytes]\n');
});

test('watch asks for log messages, and prints them, progress and every other notification', async () => {
    const levels: string[] = [];
    await using server = await startMcpServer(({ server: mcp }) => {
        mcp.registerCapabilities({ logging: {} });
        mcp.setRequestHandler(SetLevelRequestSchema, async ({ params: { level } }) => {
            levels.push(level);
            const send = (method: string, params: Record<string, unknown>) =>
                mcp.transport?.send({ jsonrpc: '2.0', method, params });
            await send('notifications/message', { level: 'error', logger: 'disk', data: 'full\x1b[2J' });
            await send('notifications/progress', { progressToken: 'other', progress: 1, total: 2 });
            await send('notifications/custom', { reason: '\x1b' });
            return {};
        });
    });
    const { code, stdout } = await client(server.url, 'watch', '--count', '3', '--level', 'warning');
    expect({ code, levels }).toEqual({ code: 0, levels: ['warning'] });
    expect(stdout.replace(/^[\d:.]+ /gm, '').split('\n')).toEqual([
        'notifications/message error disk: full [2J',
        'notifications/progress {"progressToken":"other","progress":1,"total":2}',
        'notifications/custom {"reason":"\\u001b"}',
        ''
    ]);
});

test('watch ends when its time is up', async () => {
    await using server = await startMcpServer();
    expect(await client(server.url, 'watch', '--for', '1')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('watch fails when the server does not come back', async () => {
    await using server = await startMcpServer(({ server: mcp }, events) => {
        mcp.oninitialized = () => events.emit('initialized');
    });
    const initialized = once(server.events, 'initialized');
    const outcome = client(server.url, 'watch', '--reconnect-timeout', '300');
    await initialized;
    await server.stop();
    expect(await outcome).toMatchObject({
        code: 4,
        stderr: expect.stringContaining('did not come back within 300 ms')
    });
});
