// Runs what docs/walkthroughs says of MCP Inspector's command line and of mcp-remote, against the real server. Both come
// from the registry by `npx`, so this needs the network and is a script of its own: `npm run test:inspector`.
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startServer } from '@calc/test-helpers';
import { tools } from '@calc/tools';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { blocksOf, serversOf } from '../helpers/docs.ts';

await using server = await startServer();

const toServer = (word: string) => word.replace('http://localhost:3001/sse', server.sseUrl);

async function inspect(command: string): Promise<unknown> {
    const [program = '', ...args] = command.split(' ').map(toServer);
    const { stdout } = await promisify(execFile)(program, args, { timeout: 120_000 });
    return JSON.parse(stdout);
}

const [list = '', call = ''] = blocksOf('docs/walkthroughs/inspector.md', 'sh');
const listed = (await inspect(list)) as { tools: { name: string }[] };
assert.deepEqual(
    listed.tools.map(tool => tool.name),
    tools.map(tool => tool.name)
);
const sum = await inspect(call);
assert.deepEqual((sum as { structuredContent: unknown }).structuredContent, { sum: 5 });
console.log('Inspector lists all tools and adds 2 and 3');

const remotes = serversOf('docs/walkthroughs/claude-desktop.md').filter(({ command }) => command === 'npx');
assert.equal(remotes.length, 1);
for (const { command = '', args = [] } of remotes) {
    const client = new Client({ name: 'walkthrough', version: '1' });
    const transport = new StdioClientTransport({ command, args: args.map(toServer), stderr: 'ignore' });
    await client.connect(transport, { timeout: 120_000 });
    const result = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    await client.close();
    assert.deepEqual(result.structuredContent, { sum: 5 });
}
console.log('mcp-remote adds 2 and 3, as Claude Desktop starts it');
