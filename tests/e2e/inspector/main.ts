// Runs the real MCP Inspector's command line against the real server. It comes from the registry by `npx`, so this
// needs the network and is a script of its own: `npm run test:inspector`.
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startServer } from '@calc/test-helpers';
import { tools } from '@calc/tools';

const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';

await using server = await startServer();

async function inspect(...args: string[]): Promise<unknown> {
    const command = ['-y', INSPECTOR, '--cli', server.sseUrl, '--transport', 'sse', ...args];
    const { stdout } = await promisify(execFile)('npx', command, { timeout: 120_000 });
    return JSON.parse(stdout);
}

const listed = (await inspect('--method', 'tools/list')) as { tools: { name: string }[] };
assert.deepEqual(
    listed.tools.map(tool => tool.name),
    tools.map(tool => tool.name)
);
const sum = await inspect('--method', 'tools/call', '--tool-name', 'add', '--tool-arg', 'a=2', '--tool-arg', 'b=3');
assert.deepEqual((sum as { structuredContent: unknown }).structuredContent, { sum: 5 });
console.log('Inspector lists all tools and adds 2 and 3');
