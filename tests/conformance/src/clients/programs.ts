import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDefaultEnvironment } from '@modelcontextprotocol/sdk/client/stdio.js';
import { npx } from '../npx.ts';
import { type Answer, toSum } from './attempt.ts';
import { stdioV1 } from './sdk-v1.ts';

const MCP_REMOTE = 'mcp-remote@0.15.1';
const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';

/**
 * Gets the programs from the registry, so that attempts do not include the download.
 *
 * @throws {NoNetworkError} if it cannot be reached.
 */
export async function fetchPrograms(): Promise<void> {
    const { code, stderr } = await npx([MCP_REMOTE, INSPECTOR], ['node', '--version']);
    if (code !== 0) throw new Error(`npm does not get ${MCP_REMOTE} and ${INSPECTOR}: ${stderr}`);
}

/** A client of the SDK speaks to mcp-remote over stdio, and mcp-remote to the server. */
export async function mcpRemote(url: string, ...options: string[]): Promise<Answer> {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-remote-'));
    try {
        const { tools, sum } = await stdioV1({
            command: 'npx',
            args: ['-y', MCP_REMOTE, url, '--allow-http', '--silent', ...options],
            env: { ...getDefaultEnvironment(), MCP_REMOTE_CONFIG_DIR: folder },
            stderr: 'ignore'
        });
        return { tools, sum };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** MCP Inspector's command line: a run, and so a connection, for each of the two requests. */
export async function inspector(url: string, ...options: string[]): Promise<Answer> {
    const inspect = async (...method: string[]) => {
        const command = ['mcp-inspector', '--cli', url, ...options, '--method', ...method];
        const { code, stdout, stderr } = await npx([INSPECTOR], command);
        if (code !== 0) throw new Error(stderr.trim());
        return JSON.parse(stdout);
    };
    const { tools } = await inspect('tools/list');
    const result = await inspect('tools/call', '--tool-name', 'add', '--tool-arg', 'a=2', 'b=3');
    return { tools: tools.map(({ name }: { name: string }) => name), sum: toSum(result) };
}
