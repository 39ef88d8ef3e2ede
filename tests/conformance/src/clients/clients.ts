import { fileURLToPath } from 'node:url';
import type { Attempt } from './attempt.ts';
import { goSdk, hasGo } from './go-sdk.ts';
import { inspector, mcpRemote } from './programs.ts';
import { sseV1, stdioV1, streamableHttpV1, withFallbackV1 } from './sdk-v1.ts';
import { sseV2, stdioV2, streamableHttpV2 } from './sdk-v2.ts';

/** One way to reach the server: a column of the table. */
export interface Generation {
    id: 'sse' | 'mcp-2025' | 'mcp-2026' | 'stdio-2025' | 'stdio-2026';
    title: string;
    /** The path to connect to; none for stdio. */
    path?: string;
    /** The protocol versions that may be negotiated. */
    versions: RegExp;
}

const WITH_SESSIONS = /^(2024-11-05|2025-\d\d-\d\d)$/;
const STATELESS = /^2026-07-28$/;

export const generations: Generation[] = [
    { id: 'sse', title: 'HTTP+SSE, `/sse`', path: '/sse', versions: WITH_SESSIONS },
    { id: 'mcp-2025', title: 'Streamable HTTP 2025, `/mcp`', path: '/mcp', versions: WITH_SESSIONS },
    { id: 'mcp-2026', title: 'Streamable HTTP 2026, `/mcp`', path: '/mcp', versions: STATELESS },
    { id: 'stdio-2025', title: 'stdio 2025', versions: WITH_SESSIONS },
    { id: 'stdio-2026', title: 'stdio 2026', versions: STATELESS }
];

/** A client, and what it can be told to speak: a row of the table. */
export interface CompatibleClient {
    name: string;
    /** What is missing on this machine to run it. */
    missing?: string | undefined;
    attempts: Partial<Record<Generation['id'], Attempt>>;
}

const calculator = {
    command: 'npm',
    args: ['run', '--silent', 'stdio'],
    cwd: fileURLToPath(new URL('../../../../', import.meta.url)),
    stderr: 'ignore' as const
};

const missing = hasGo ? undefined : 'Go';

export const clients: CompatibleClient[] = [
    { name: 'SDK 1.32, `SSEClientTransport`', attempts: { sse: sseV1 } },
    { name: 'SDK 1.32, `StreamableHTTPClientTransport`', attempts: { 'mcp-2025': streamableHttpV1 } },
    {
        name: 'SDK 1.32, Streamable HTTP and then SSE',
        attempts: { sse: withFallbackV1, 'mcp-2025': withFallbackV1 }
    },
    { name: 'SDK 1.32, `StdioClientTransport`', attempts: { 'stdio-2025': () => stdioV1(calculator) } },
    { name: 'SDK 2.4, `SSEClientTransport`', attempts: { sse: sseV2 } },
    {
        name: 'SDK 2.4, mode `legacy`',
        attempts: {
            'mcp-2025': url => streamableHttpV2(url, 'legacy'),
            'stdio-2025': () => stdioV2(calculator, 'legacy')
        }
    },
    {
        name: 'SDK 2.4, mode `auto`',
        attempts: { 'mcp-2026': url => streamableHttpV2(url, 'auto'), 'stdio-2026': () => stdioV2(calculator, 'auto') }
    },
    {
        name: 'Go SDK 1.8.0',
        missing,
        attempts: { sse: url => goSdk('go.mod', 'sse', url), 'mcp-2026': url => goSdk('go.mod', 'http', url) }
    },
    {
        name: 'Go SDK 1.3.0',
        missing,
        attempts: {
            sse: url => goSdk('go-1.3.0.mod', 'sse', url),
            'mcp-2025': url => goSdk('go-1.3.0.mod', 'http', url)
        }
    },
    {
        name: 'mcp-remote 0.15.1, one transport only',
        attempts: {
            sse: url => mcpRemote(url, '--transport', 'sse-only'),
            'mcp-2025': url => mcpRemote(url, '--transport', 'http-only'),
            'mcp-2026': url => mcpRemote(url, '--transport', 'http-only', '--protocol', 'auto')
        }
    },
    {
        name: 'mcp-remote 0.15.1, `--transport http-first`, its default',
        attempts: { sse: url => mcpRemote(url), 'mcp-2025': url => mcpRemote(url) }
    },
    {
        name: 'MCP Inspector 2.12.0, command line',
        attempts: {
            sse: url => inspector(url, '--transport', 'sse'),
            'mcp-2025': url => inspector(url, '--transport', 'http', '--protocol-era', 'legacy'),
            'mcp-2026': url => inspector(url, '--transport', 'http', '--protocol-era', 'modern')
        }
    }
];
