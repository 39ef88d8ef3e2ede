import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../helpers/http-server.ts';
import { startMcpServer } from '../helpers/mcp-server.ts';
import { runClient } from '../helpers/run-client.ts';

function setToken(token: string): void {
    vi.stubEnv('MCP_AUTH_TOKEN', token);
    onTestFinished(() => void vi.unstubAllEnvs());
}

async function shown(...options: string[]): Promise<unknown[]> {
    await using server = await startMcpServer();
    const shown: unknown[] = [];
    server.events.on('request', ({ method, headers }: IncomingMessage) => shown.push([method, headers.authorization]));
    expect(await runClient(['tools', '--transport', 'sse', '--url', server.url, ...options])).toMatchObject({
        code: 0,
        stderr: ''
    });
    return shown;
}

const requests = ['GET', 'POST', 'POST', 'POST'];

test('every request shows the token of --bearer', async () => {
    expect(await shown('--bearer', 'abc')).toEqual(requests.map(method => [method, 'Bearer abc']));
});

test('every request shows the token of MCP_AUTH_TOKEN, and --bearer goes before it', async () => {
    setToken('from-env');
    expect(await shown()).toEqual(requests.map(method => [method, 'Bearer from-env']));
    expect(await shown('--bearer', 'abc')).toEqual(requests.map(method => [method, 'Bearer abc']));
});

test('of a server’s several tokens the first is shown', async () => {
    setToken('one, two');
    expect(await shown()).toEqual(requests.map(method => [method, 'Bearer one']));
});

test('without a token no request shows one', async () => {
    expect(await shown()).toEqual(requests.map(method => [method, undefined]));
    setToken('');
    expect(await shown()).toEqual(requests.map(method => [method, undefined]));
});

test('a token that the server does not know exits with 3, and is not repeated', async () => {
    await using server = await serve((_request, response) => void response.writeHead(401).end());
    const message = `not allowed at ${server.url}: 401 Unauthorized; the server does not accept this token\n`;
    const outcome = await runClient(['tools', '--url', server.url, '--bearer', 'secret']);
    expect(outcome).toEqual({ code: 3, stdout: '', stderr: message });
});

test.each(['one two', '"one"'])('--bearer %j is rejected', async token => {
    const { code, stderr } = await runClient(['tools', '--bearer', token]);
    const message = '--bearer (or MCP_AUTH_TOKEN) must be a token of letters, digits and -._~+/=\n';
    expect({ code, stderr }).toEqual({ code: 1, stderr: message });
});
