import { readdirSync, readFileSync } from 'node:fs';
import { clientMain, openStream, runNode, send, serverMain, startServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { read, root } from '../../helpers/docs.ts';
import { findFreePort } from '../../helpers/free-port.ts';

const headings = [...read('docs/troubleshooting.md').matchAll(/^### `(.+)`$/gm)].map(([, text = '']) => text);

/** A word in capitals stands for a value, unless it is the name of an environment variable or a word of HTTP. */
const PLACEHOLDER =
    /\b(?:CAPABILITY|ENDPOINT|ID|METHODS?|N|NAME|ORIGIN|REASON|SECONDS|STATUS|URL|VALUE)\b|(?<=on )HOST\b/;

/** Whether a message that was really seen is that of the heading, whatever its values are. */
function fits(heading: string, message: string): boolean {
    const parts = heading.split(PLACEHOLDER).map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    return new RegExp(parts.join('.+?')).test(message);
}

/** Whether the source has every text that the heading is made of. A message may come from several places. */
function isInSource(heading: string, source: string): boolean {
    return heading
        .split(PLACEHOLDER)
        .flatMap(part => part.split(/: |; /))
        .map(part => part.replace(/^[\s:;=(),]+|[\s:;=(),]+$/g, ''))
        .every(part => source.includes(part));
}

/** The source of all programs, with texts that are written as several joined to one. */
function readSource(): string {
    return ['packages', 'apps', 'scripts']
        .flatMap(folder => readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map(f => `${folder}/${f}`))
        .filter(path => /^(scripts|[^/]+\/[^/]+\/src)\/.*\.(ts|tsx|mjs)$/.test(path))
        .map(path => readFileSync(root + path, 'utf8'))
        .join('\n')
        .replace(/['`] \+\s+['`]/g, '');
}

test('every heading of docs/troubleshooting.md is a message that is provoked here, or made of texts in the source', async () => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'sesame', RATE_LIMIT: 'off' });
    await using open = await startServer();
    await using stream = await openStream(open.sseUrl);
    const json = { 'Content-Type': 'application/json' };
    const refused = async (path: string, headers: Record<string, string>, body?: string, base = open.url) => {
        const options = body === undefined ? { headers } : { method: 'POST', headers, body };
        return JSON.parse((await send(base + path, options)).body).error.message;
    };
    const printed = async (main: string, args: string[], env: Record<string, string>) => {
        await using process = runNode(main, args, env);
        return (await process.ended).stderr.trim();
    };
    const unknown = `/messages?sessionId=${crypto.randomUUID()}`;
    const own = stream.endpoint.href.replace(open.url, '');
    const closed = `http://127.0.0.1:${await findFreePort()}/sse`;
    const messages = await Promise.all([
        refused('/sse', { Host: 'evil.example' }),
        refused('/sse', { Origin: 'https://evil.example' }),
        refused('/sse', {}, undefined, server.url),
        refused(unknown, json, '{}'),
        refused('/messages', json, '{}'),
        refused('/mcp', json, '{"jsonrpc":"2.0","id":1,"method":"ping"}'),
        refused('/sse', json, '{}'),
        refused(own, { 'Content-Type': 'text/plain' }, '{}'),
        refused(own, json, '{'),
        printed(serverMain, [], { PORT: new URL(open.url).port }),
        printed(serverMain, [], { REDIS_URL: 'localhost:6379' }),
        printed(serverMain, [], { PORT: 'abc' }),
        printed(serverMain, [], { HOST: '0.0.0.0' }),
        printed(serverMain, [], { ALLOWED_HOSTS: 'calc.example' }),
        printed(clientMain, ['tools', '--url', closed], {}),
        printed(clientMain, ['tools', '--url', server.mcpUrl], {}),
        printed(clientMain, ['tools', '--url', server.mcpUrl, '--bearer', 'wrong'], {}),
        printed(clientMain, ['tools', '--url', `${open.url}/health`], {})
    ]);
    const missing = messages.filter(message => !headings.some(heading => fits(heading, message)));
    expect(missing, 'messages without a heading').toEqual([]);
    const source = readSource();
    const stale = headings.filter(
        heading => !messages.some(message => fits(heading, message)) && !isInSource(heading, source)
    );
    expect(stale, 'headings that no message in the source fits any more').toEqual([]);
    expect(headings.length).toBeGreaterThan(30);
});
