import { connectClient, createServer, openMcp, serveTransport } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';

test('POST reaches a server that has none of the private methods by which the second check is skipped', async () => {
    await using server = await serveTransport({
        createServer: session => {
            const hidden = createServer(session);
            return { connect: transport => hidden.connect(transport) };
        }
    });
    await using client = await connectClient(server.sseUrl);
    expect(await client.callTool({ name: 'who' })).toMatchObject({ structuredContent: { path: '/messages' } });

    await using mcp = await openMcp(server.mcpUrl);
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'who' } };
    const { body } = await mcp.post(call);
    expect(JSON.parse(body).result.structuredContent.path).toBe('/mcp');
});
