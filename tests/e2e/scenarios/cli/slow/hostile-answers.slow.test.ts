import type { ServerResponse } from 'node:http';
import { clientMain, events, json, onCall, runNode, serveHostile, tool, type Way } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { runAgainst } from '../../../helpers/run-against.ts';

// What the client makes of wrong answers: each costs one request or one line, never the terminal or the other tools.

test('over sse a broken reply fails its request at once, and not at the time limit', async () => {
    const behaviour = onCall(({ id, res, push }) => {
        res.writeHead(202).end();
        push(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: 'done' })}\n\n`);
        return true;
    });
    await using server = await serveHostile('sse', behaviour);
    const { code, stderr } = await runAgainst(server, ['call', 'once']);
    expect([code, stderr]).toEqual([4, 'the server sent a reply that is neither a result nor an error\n']);
});

test('--trace shows a message that was ignored', async () => {
    const behaviour = onCall(({ push, reply }) => {
        push('data: {"type":"heartbeat"}\n\n');
        reply({ content: [] });
        return true;
    });
    await using server = await serveHostile('sse', behaviour);
    const { stderr } = await runAgainst(server, ['call', 'once', '--trace']);
    expect(stderr).toContain('passed over: not a JSON-RPC message: {"type":"heartbeat"}');
});

test.each<Way>(['http', 'sse'])('over %s a body without an end is cut off, with one line', async way => {
    const endless = onCall(({ res }) => {
        const chunk = Buffer.alloc(1 << 20, 'x');
        res.writeHead(200, json);
        const write = () => {
            while (!res.destroyed && res.write(chunk));
        };
        res.on('drain', write);
        write();
        return true;
    });
    await using server = await serveHostile(way, endless);
    const { code, stderr } = await runAgainst(server, ['call', 'once', '--timeout', way === 'http' ? '15000' : '500']);
    if (way === 'http') expect([code, stderr]).toEqual([4, expect.stringContaining('more than 32 MiB')]);
    await expect.poll(() => server.answering).toBe(0);
});

test.each<Way>(['http', 'sse'])('over %s an event without an end ends the connection, with one line', async way => {
    const endless = onCall(({ res, push }) => {
        const line = 'x'.repeat(1 << 20);
        let left = 40;
        if (way === 'http') res.writeHead(200, events).write('data: ');
        else {
            res.writeHead(202).end();
            push('data: ');
        }
        const write = () => {
            if (left-- === 0) return;
            if (way === 'http') res.write(line);
            else push(line);
            setImmediate(write);
        };
        write();
        return true;
    });
    await using server = await serveHostile(way, endless);
    const { code, stderr } = await runAgainst(server, ['call', 'once']);
    expect([code, stderr]).toEqual([4, expect.stringContaining('the server sent an event of more than 32 MiB')]);
});

test('an invalid tool is named, and hides no other', async () => {
    const tools = [tool('good'), tool('bad', { annotations: null }), { inputSchema: {} }, tool('better')];
    await using server = await serveHostile('http', { tools });
    const { code, stdout, stderr } = await runAgainst(server, ['tools']);
    expect([code, stdout.match(/^\S+$/gm)]).toEqual([0, ['good', 'better']]);
    expect(stderr).toBe(
        'the tool "bad" is left out: annotations: expected object, received null\n' +
            'the tool number 3 is left out: name: expected string, received undefined\n'
    );
    const asJson = await runAgainst(server, ['tools', '--json']);
    expect(JSON.parse(asJson.stdout)).toHaveLength(2);
    expect(
        asJson.stderr
            .trim()
            .split('\n')
            .map(line => Object.keys(JSON.parse(line)))
    ).toEqual([['warning'], ['warning']]);
});

test('an invalid resource, template or prompt is named, and hides no other', async () => {
    await using server = await serveHostile('http', {
        capabilities: { resources: {}, prompts: {} },
        post: ({ method, reply }) => {
            const lists: Record<string, object> = {
                'resources/list': { resources: [{ name: 'one', uri: 'x:1' }, { name: 'two' }] },
                'resources/templates/list': {
                    resourceTemplates: [{ name: 'three' }, { name: 'four', uriTemplate: 'x:{n}' }]
                },
                'prompts/list': { prompts: [{ name: 'five', arguments: null }, { name: 'six' }] }
            };
            const list = lists[method];
            if (list) reply(list);
            return list !== undefined;
        }
    });
    const resources = await runAgainst(server, ['resources']);
    expect(resources).toMatchObject({ code: 0, stdout: expect.stringMatching(/^x:1 - one\n\nx:\{n\} - four\n$/) });
    expect(resources.stderr).toMatch(
        /^the resource "two" is left out: .*\nthe resource template "three" is left out: .*\n$/
    );
    const prompts = await runAgainst(server, ['prompts']);
    expect(prompts.stdout).toMatch(/^six\n/);
    expect(prompts.stderr).toMatch(/^the prompt "five" is left out: .*\n$/);
});

test.each([
    [
        'does not compile',
        { type: 'object', properties: { a: { pattern: '(' } } },
        'its output schema cannot be used: Invalid regular expression'
    ],
    ['leads nowhere', { $ref: 'http://other.example/schema' }, "can't resolve reference"],
    [
        'refers to itself without an end',
        { anyOf: Array.from({ length: 6 }, () => ({ $ref: '#' })) },
        'Maximum call stack'
    ],
    [
        'has a pattern that matches too slowly',
        { properties: { a: { pattern: '^(a+)+$' } } },
        'the check took more than 1000 ms'
    ],
    ['is huge', { description: 'x'.repeat(300_000) }, 'the limit is 262144']
])('an output schema that %s is named, and the result is printed', async (_what, outputSchema, why) => {
    const structuredContent = { a: `${'a'.repeat(60)}!` };
    const behaviour = onCall(({ reply }) => {
        reply({ content: [{ type: 'text', text: 'done' }], structuredContent });
        return true;
    });
    const tools = [tool('once', { outputSchema: { type: 'object', ...outputSchema } }), tool('other')];
    await using server = await serveHostile('http', { ...behaviour, tools });
    const { code, stdout, stderr } = await runAgainst(server, ['call', 'once']);
    expect([code, stdout]).toEqual([0, 'done\n']);
    expect(stderr).toMatch(/^the result of once is not checked: .*\n$/);
    expect(stderr).toContain(why);
});

test('no text from a server can drive a terminal', async () => {
    const evil = '\x1b[2J\x1b]0;owned\x07\x9b2J\u202e';
    const inputSchema = { type: 'object', properties: { [evil]: { enum: [evil] } }, additionalProperties: false };
    const outputSchema = { type: 'object', properties: { a: { format: evil } } };
    const capabilities = { tools: {}, resources: {}, prompts: {} };
    const tools = [tool(evil, { description: evil, inputSchema }), tool('once', { inputSchema, outputSchema })];
    await using server = await serveHostile('http', {
        capabilities,
        tools: [...tools, tool(evil, { annotations: null })],
        post: ({ id, method, reply, res }) => {
            if (method === 'tools/call')
                reply({ content: [{ type: 'text', text: evil }], structuredContent: { [evil]: 1 } });
            else if (method === 'resources/list') reply({ resources: [{ name: evil, uri: evil }], nextCursor: evil });
            else if (method === 'prompts/list') {
                const error = { code: -32000, message: evil };
                res.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, error }));
            } else if (method === 'resources/read') res.writeHead(413, { 'content-type': 'text/plain' }).end(evil);
            else return false;
            return true;
        }
    });
    const display = { isTerminal: true, color: false, columns: 80 };
    const lines = [
        ['tools'],
        ['tools', '--json'],
        ['call', 'once'],
        ['call', 'once', '--json'],
        ['call', 'once', 'b=1'],
        ['call', 'once', `${evil}=1`],
        ['call', evil],
        ['call', 'none'],
        ['resources'],
        ['prompts', '--trace'],
        ['read', evil]
    ];
    for (const argv of lines) {
        const { stdout, stderr } = await runAgainst(server, argv, { out: display, err: display });
        expect([argv, stdout + stderr]).toEqual([argv, expect.not.stringMatching(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u)]);
    }
});

test.each(['sessionId', 'session_id', 'path'])('info over sse names a session whose id is in %s', async place => {
    const id = '0f8fad5bd9cb469fa16570867728950e';
    const endpoint = place === 'path' ? `/messages/${id}` : `/messages?${place}=${id}`;
    let stream: ServerResponse | undefined;
    await using server = await serveHostile('sse', {
        get: res => {
            stream = res.writeHead(200, events);
            return res.write(`event: endpoint\ndata: ${endpoint}\n\n`);
        },
        post: ({ id: request, method, params: { protocolVersion }, res }) => {
            if (method !== 'initialize') return false;
            const result = { protocolVersion, capabilities: {}, serverInfo: { name: 'x', version: '1' } };
            res.writeHead(202).end();
            return !!stream?.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: request, result })}\n\n`);
        }
    });
    expect((await runAgainst(server, ['info', '--json'])).stdout).toContain('"sessionId": "0f8fad5b"');
});

test('a piped shell continues after watching a server that has no stream', async () => {
    await using server = await serveHostile('http', { get: res => !!res.writeHead(405).end() });
    const readLines = async function* () {
        yield* ['watch', 'call once'];
    };
    const { code, stdout, stderr } = await runAgainst(server, ['shell', '--keep-going'], { readLines });
    expect([code, stdout, stderr]).toEqual([5, 'done\n', expect.stringContaining('has no stream for notifications')]);
});

test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130]
] as const)('%s ends the session at the server too', async (signal, code) => {
    await using server = await serveHostile('http');
    const args = ['watch', '--url', server.address];
    await using child = runNode(clientMain, args);
    await expect.poll(() => server.count('GET')).toBe(1);
    child.kill(signal);
    expect(await child.ended).toMatchObject({ code });
    expect(server.count('DELETE')).toBe(1);
});
