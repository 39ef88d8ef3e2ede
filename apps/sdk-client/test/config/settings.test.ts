import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { expandVariables } from '../../src/config/expand-variables.ts';
import { serve } from '../helpers/http-server.ts';
import { runClient } from '../helpers/run-client.ts';

function fileWith(content: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'file');
    writeFileSync(file, content);
    return file;
}

function setEnv(name: string, value: string): void {
    vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
}

/** The headers of the first request that a server gets from a client with these options. */
async function sent(options: (url: string) => string[]): Promise<IncomingHttpHeaders> {
    const requests: IncomingHttpHeaders[] = [];
    await using server = await serve(({ headers }, response) => {
        requests.push(headers);
        response.writeHead(401).end();
    });
    expect((await runClient(['tools', ...options(server.url)])).code).toBe(3);
    return requests[0] ?? {};
}

const refusal = async (...options: string[]) => (await runClient(['tools', ...options])).stderr;

describe('variables in settings', () => {
    const env = { TOKEN: 'abc', EMPTY: '' };
    const expand = (text: string) => expandVariables(text, env, '"x" in file');

    test.each([
        ['Bearer $' + '{TOKEN}', 'Bearer abc'],
        ['$' + '{env:TOKEN}', 'abc'],
        ['$' + '{TOKEN:-other}', 'abc'],
        ['$' + '{MISSING:-other}', 'other'],
        ['$' + '{EMPTY:-other}', 'other'],
        ['$' + '{MISSING:-}', ''],
        ['$' + '{EMPTY}', ''],
        ['$TOKEN and {TOKEN}', '$TOKEN and {TOKEN}'],
        ['$' + '{TOKEN}$' + '{TOKEN}', 'abcabc']
    ])('%s becomes %s', (text, result) => expect(expand(text)).toBe(result));

    test('one that is not set is named', () => {
        expect(() => expand('$' + '{MISSING}')).toThrow(
            '"x" in file requires the environment variable MISSING, which is not set'
        );
        expect(() => expand('$' + '{input:id}')).toThrow('requires $' + '{input:id}, for which only VS Code can ask');
    });
});

describe('headers', () => {
    test('--header may be given more than once, and goes before --header-file and the file of --config', async () => {
        const file = fileWith('# comment\n\nX-File: from file\nX-Both: from file\n');
        const headers = await sent(url => {
            const config = fileWith(
                JSON.stringify({ mcpServers: { one: { url, headers: { 'X-Config': 'c', 'x-both': 'c' } } } })
            );
            return [
                '--config',
                config,
                '--header-file',
                file,
                '--header',
                'X-Both: typed',
                '--header',
                'X-Other:typed'
            ];
        });
        expect(headers).toMatchObject({
            'x-config': 'c',
            'x-file': 'from file',
            'x-both': 'typed',
            'x-other': 'typed'
        });
    });

    test('the token of the environment does not go to a server that a file names; --bearer does', async () => {
        setEnv('MCP_AUTH_TOKEN', 'from-env');
        const config = (url: string) => ['--config', fileWith(JSON.stringify({ servers: { one: { url } } }))];
        expect((await sent(config)).authorization).toBeUndefined();
        expect((await sent(url => [...config(url), '--bearer', 'typed'])).authorization).toBe('Bearer typed');
        expect((await sent(url => ['--url', url])).authorization).toBe('Bearer from-env');
        expect((await sent(url => ['--url', url, '--header', 'authorization: Basic x'])).authorization).toBe('Basic x');
    });

    test('an invalid header is rejected, and the error does not repeat its value', async () => {
        expect(await refusal('--header', 'secret')).toBe('--header must be written Name: value\n');
        expect(await refusal('--header', 'X Y: secret')).toBe(
            '--header must begin with a header name, such as Authorization\n'
        );
        expect(await refusal('--header', 'X: sec\nret')).toBe(
            '--header: the value of X contains characters that are not allowed in a header\n'
        );
        const file = fileWith('X: fine\nsecret\n');
        expect(await refusal('--header-file', file)).toBe(`line 2 of ${file} must be written Name: value\n`);
        expect(await refusal('--header-file', '/nowhere')).toBe('cannot read /nowhere: there is no such file\n');
    });
});

describe('--config', () => {
    const transport = async (section: string, type: string | undefined) => {
        const methods: string[] = [];
        await using server = await serve(({ method = '' }, response) => {
            methods.push(method);
            response.writeHead(404).end();
        });
        const file = fileWith(JSON.stringify({ [section]: { one: { url: server.url, type } } }));
        await runClient(['tools', '--config', file]);
        return methods.join(' ');
    };

    test('the type of an entry chooses the transport, as the client means it', async () => {
        expect(await transport('mcpServers', undefined)).toBe('POST GET');
        expect(await transport('mcpServers', 'http')).toBe('POST');
        expect(await transport('mcpServers', 'sse')).toBe('GET');
        expect(await transport('servers', 'http')).toBe('POST GET');
    });

    test('VS Code’s comments and commas are understood', async () => {
        const file = fileWith('{\n// comment\n"servers": {"one": {"url": "nonsense",},},\n}');
        expect(await refusal('--config', file)).toContain(`"one" in ${file} must be a URL such as`);
    });

    test.each([
        ['{', 'is not JSON'],
        ['[]', 'is not the settings of an MCP client'],
        ['{}', 'has neither mcpServers nor servers'],
        ['{"servers":{}}', 'has no servers'],
        ['{"servers":{"a":{"url":1}}}', 'servers.a.url'],
        ['{"servers":{"a":{}}}', 'has no url'],
        [
            '{"servers":{"a":{"command":"node","args":["x.js"]}}}',
            'starts a program, and this client connects to URLs only\n'
        ]
    ])('%s is refused', async (content, message) => {
        expect(await refusal('--config', fileWith(content))).toContain(message);
    });

    test('a server that the file does not have is refused, with those it has', async () => {
        const file = fileWith('{"servers":{"a":{},"b":{}}}');
        expect(await refusal('--config', file, '--server', 'c')).toBe(`${file} has no server "c"; it has a, b\n`);
        expect(await refusal('--config', file, '--server', 'toString')).toContain('has no server "toString"');
        expect(await refusal('--server', 'c')).toBe('--server requires --config, the file with the server\n');
        expect(await refusal('--config', file, '--url', 'http://x/')).toBe(
            '--config already has the URL of the server; leave out --url\n'
        );
    });
});
