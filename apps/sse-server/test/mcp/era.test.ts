import type { IncomingMessage } from 'node:http';

import { toWebRequest } from '@modelcontextprotocol/node';
import { isLegacyRequest } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { isStateless } from '../../src/mcp/era.ts';

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const envelope = {
    [VERSION]: '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {}
};

const call = (params?: unknown, method = 'tools/list') => ({
    jsonrpc: '2.0',
    id: 1,
    method,
    ...(params !== undefined && { params })
});
const notify = (params?: unknown) => ({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    ...(params !== undefined && { params })
});

/** Single JSON-RPC 2.0 messages of every kind. */
const messages: unknown[] = [
    call(),
    call({}),
    call({ _meta: {} }),
    call({ _meta: { progressToken: 1 } }),
    call({ _meta: envelope }),
    call({ _meta: { ...envelope, [VERSION]: '2025-11-25' } }),
    call({ _meta: { ...envelope, [VERSION]: '2099-01-01' } }),
    call({ _meta: { ...envelope, [VERSION]: 7 } }),
    call({ _meta: { ...envelope, [VERSION]: null } }),
    call({ _meta: { ...envelope, [VERSION]: undefined } }),
    call({ _meta: { [VERSION]: '2026-07-28' } }),
    call({ _meta: { 'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' } } }),
    call({ name: 'add', _meta: envelope }, 'tools/call'),
    call({ _meta: envelope }, 'server/discover'),
    call({ protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {} }, 'initialize'),
    call({ protocolVersion: '2026-07-28', _meta: { [VERSION]: 7 } }, 'initialize'),
    call({ _meta: envelope }, 'initialize'),
    notify(),
    notify({ requestId: 1 }),
    notify({ _meta: envelope }),
    notify({ _meta: { [VERSION]: 7 } }),
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 1, result: { _meta: envelope } },
    { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'no' } }
];

/** Bodies that the revisions with sessions answer with an error. */
const others: unknown[] = [
    [],
    [call()],
    [call({ _meta: envelope })],
    null,
    0,
    '',
    'text',
    true,
    {},
    { id: 1, method: 'tools/list', params: { _meta: envelope } },
    { jsonrpc: '2.0', id: null, method: 'tools/list', params: { _meta: envelope } },
    { jsonrpc: '2.0', id: 1, method: 7, params: { _meta: envelope } },
    { jsonrpc: '2.0', id: 1, params: { _meta: envelope } },
    call([envelope]),
    call('text'),
    call({ _meta: null })
];

const headers: Record<string, string>[] = [
    {},
    ...['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'].map(version => ({ 'mcp-protocol-version': version })),
    ...['2026-07-28', ' 2026-07-28 ', '2099-01-01', '2026-01-01', 'nonsense', '', '2025-11-25, 2026-07-28'].map(
        version => ({
            'mcp-protocol-version': version
        })
    ),
    { 'mcp-method': 'tools/list' },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'add' },
    { 'mcp-protocol-version': '2025-11-25', 'mcp-method': 'tools/call', 'mcp-session-id': 'x' }
];

const post = (fields: Record<string, string>) =>
    ({
        method: 'POST',
        url: '/mcp',
        headers: { host: 'localhost', 'content-type': 'application/json', ...fields }
    }) as unknown as IncomingMessage & { method: string; url: string };

test('isStateless agrees with the SDK for every combination of headers and envelope', async () => {
    let stateless = 0;
    for (const fields of headers) {
        for (const body of messages) {
            const isLegacy = await isLegacyRequest(await toWebRequest(post(fields), body), body);
            expect(isStateless(post(fields), body), JSON.stringify([fields, body])).toBe(!isLegacy);
            if (!isLegacy) stateless++;
        }
    }
    // Both kinds occur often.
    expect(stateless).toBeGreaterThan(50);
    expect(stateless).toBeLessThan(headers.length * messages.length - 50);
});

test('isStateless is false for anything but a single JSON-RPC message', () => {
    for (const fields of headers) {
        for (const body of others) expect(isStateless(post(fields), body), JSON.stringify([fields, body])).toBe(false);
    }
});
