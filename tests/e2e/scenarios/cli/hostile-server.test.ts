import type { ServerResponse } from 'node:http';
import { type Behaviour, clientMain, events, json, runNode, serveHostile, tool, type Way } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { runAgainst } from '../../helpers/run-against.ts';

// Servers that are wrong in one way each: what the client prints, how it exits, and how often it asked.

const gone = (res: ServerResponse) => !!res.writeHead(404).end();
const readOnly = [tool('once', { annotations: { readOnlyHint: true } })];
/** Answers calls as told, and everything else as a good server does. */
const onCall = (act: NonNullable<Behaviour['post']>): Behaviour => ({
    post: asked => asked.method === 'tools/call' && act(asked)
});

/** A schema of which a walk without a limit would take 6^16 steps. */
const sixfold = { anyOf: Array.from({ length: 6 }, () => ({ $ref: '#/properties/a' })) };

interface Row {
    server: string;
    behaviour: Behaviour;
    ways?: Way[];
    argv?: string[];
    code: number;
    /** What is printed: on stdout where the exit code is 0, else on stderr. */
    prints: RegExp;
    /** How many requests of a kind there are at most. */
    atMost?: Record<string, number>;
}

const rows: Row[] = [
    {
        server: 'answers 404 to each GET /mcp',
        behaviour: { get: gone },
        ways: ['http'],
        code: 0,
        prints: /^done$/m,
        atMost: { 'POST initialize': 1, GET: 1, 'POST tools/call': 1 }
    },
    {
        server: 'answers 405 to each GET /mcp',
        behaviour: { get: res => !!res.writeHead(405).end() },
        ways: ['http'],
        code: 0,
        prints: /^done$/m,
        atMost: { 'POST initialize': 1, GET: 1 }
    },
    {
        server: 'answers GET /mcp with a page',
        behaviour: { get: res => !!res.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello') },
        ways: ['http'],
        code: 0,
        prints: /^done$/m,
        atMost: { GET: 1 }
    },
    {
        server: 'answers each tools/call with 404',
        behaviour: onCall(({ res }) => gone(res)),
        code: 4,
        prints: /^tools\/call "once" ended 2 sessions in a row/,
        atMost: { 'POST initialize': 2, 'POST tools/call': 2 }
    },
    {
        server: 'answers each tools/call that may run twice with 404',
        behaviour: { ...onCall(({ res }) => gone(res)), tools: readOnly },
        code: 4,
        prints: /^tools\/call "once" ended 5 sessions in a row/,
        atMost: { 'POST initialize': 5, 'POST tools/call': 5 }
    },
    {
        server: 'ends the stream of each tools/call that may run twice',
        behaviour: { ...onCall(({ res }) => !!res.writeHead(200, events).end()), tools: readOnly },
        ways: ['http'],
        code: 4,
        prints: /^the connection broke before tools\/call "once" was answered: it is not known whether the tool ran$/m,
        atMost: { 'POST initialize': 1, 'POST tools/call': 5 }
    },
    {
        server: 'breaks the connection of each tools/call',
        behaviour: onCall(({ res }) => !!res.destroy()),
        code: 4,
        prints: /: it is not known whether the tool ran$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'asks for no wait by Retry-After: 0',
        behaviour: onCall(({ res }) => !!res.writeHead(503, { 'retry-after': '0' }).end()),
        argv: ['call', 'once', '--reconnect-timeout', '1000'],
        code: 4,
        prints: /refused a message: 503 Service Unavailable$/m,
        atMost: { 'POST tools/call': 5 }
    },
    {
        server: 'asks for a wait of years by Retry-After',
        behaviour: onCall(({ res }) => !!res.writeHead(503, { 'retry-after': '99999999999' }).end()),
        code: 4,
        prints: /refused a message: 503 Service Unavailable$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'redirects a call to something that is not a URL',
        behaviour: onCall(({ res }) => !!res.writeHead(307, { location: 'http://[' }).end()),
        code: 4,
        prints: /redirects to "http:\/\/\[", which is not a URL$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'redirects a call in a circle',
        behaviour: onCall(({ res }) => !!res.writeHead(307, { location: '/mcp' }).end()),
        ways: ['http'],
        code: 4,
        prints: /^tools\/call was redirected too often; check the address in --url$/m,
        atMost: { 'POST tools/call': 10 }
    },
    {
        server: 'redirects a call to nowhere',
        behaviour: onCall(({ res }) => !!res.writeHead(307, { location: '' }).end()),
        ways: ['http'],
        code: 4,
        prints: /^tools\/call failed: the server answered 307 Temporary Redirect$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'sends things that are not messages between replies',
        behaviour: onCall(({ push, reply }) => {
            push('data: {"type":"heartbeat"}\n\ndata: tick\n\n');
            reply({ content: [{ type: 'text', text: 'done' }] });
            return true;
        }),
        code: 0,
        prints: /^done$/m
    },
    {
        server: 'answers with a result that is no object',
        behaviour: onCall(({ reply }) => {
            reply('done');
            return true;
        }),
        code: 5,
        ways: ['http'],
        prints: /^the result of tools\/call does not fit the protocol: .*$/m
    },
    {
        server: 'answers with a result whose content is wrong',
        behaviour: onCall(({ reply }) => {
            reply({ content: [{ type: 'text', text: 5 }] });
            return true;
        }),
        code: 5,
        prints: /^the result of tools\/call does not fit the protocol: content\[0\]\.text: expected string, received number$/m
    },
    {
        server: 'refuses a message at the address for messages',
        behaviour: onCall(({ res }) => !!res.writeHead(413, { 'content-type': 'text/plain' }).end('too long')),
        ways: ['sse'],
        code: 5,
        prints: /^http:\/\/127\.0\.0\.1:\d+\/messages refused a message: 413 Payload Too Large \(too long\)$/m
    },
    {
        server: 'gives the same cursor twice',
        behaviour: {
            post: ({ method, reply }) => {
                if (method !== 'tools/list') return false;
                reply({ tools: [], nextCursor: 'again' });
                return true;
            }
        },
        code: 5,
        prints: /^tools\/list does not end: the server gave the cursor "again" twice$/m,
        atMost: { 'POST tools/list': 2 }
    },
    {
        server: 'lists 300,000 tools in a page',
        behaviour: { tools: Array.from({ length: 300_000 }, (_, number) => tool(`tool-${number}`)) },
        code: 5,
        prints: /^tools\/list has more than 100000 entries, which is the limit$/m
    },
    {
        server: 'lists something that is not a list',
        behaviour: {
            post: ({ method, reply }) => {
                if (method !== 'tools/list') return false;
                reply({ tools: {} });
                return true;
            }
        },
        ways: ['http'],
        code: 5,
        prints: /^the result of tools\/list does not fit the protocol: tools is not a list$/m
    },
    {
        server: 'has one tool that does not fit the protocol, which is called',
        behaviour: { tools: [tool('once', { annotations: null }), tool('other')] },
        ways: ['http'],
        code: 5,
        prints: /^the tool "once" cannot be used: annotations: expected object, received null$/m
    },
    {
        server: 'has an argument that refers to itself six times',
        behaviour: { tools: [tool('once', { inputSchema: { type: 'object', properties: { a: sixfold } } })] },
        argv: ['call', 'once', 'a=1'],
        ways: ['http'],
        code: 0,
        prints: /^done$/m
    },
    {
        server: 'lists such an argument among its tools',
        behaviour: { tools: [tool('once', { inputSchema: { type: 'object', properties: { a: sixfold } } })] },
        argv: ['tools'],
        ways: ['http'],
        code: 0,
        prints: /^ {4}a {2}json {2}optional$/m
    },
    {
        server: 'returns what does not match the output schema',
        behaviour: {
            ...onCall(({ reply }) => {
                reply({ content: [], structuredContent: { sum: 'five' } });
                return true;
            }),
            tools: [tool('once', { outputSchema: { type: 'object', properties: { sum: { type: 'number' } } } })]
        },
        ways: ['http'],
        code: 5,
        prints: /^the result of once does not match its output schema: the result\/sum must be number$/m
    },
    {
        server: 'returns structured content that is nested 50,000 levels deep',
        behaviour: onCall(({ id, res }) => {
            const deep = '['.repeat(50_000) + ']'.repeat(50_000);
            const result = `{"content":[],"structuredContent":{"a":${deep}}}`;
            res.writeHead(200, json).end(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`);
            return true;
        }),
        ways: ['http'],
        code: 5,
        prints: /^the answer of the server is nested too deeply to be printed$/m
    },
    ...(
        [
            ['resources', {}, ['read', 'x://y'], 'resources/read'],
            ['subscriptions', { resources: {} }, ['watch', 'x://y'], 'resources/subscribe'],
            ['completions', {}, ['complete', 'prompt', 'name=value'], 'completion/complete']
        ] as const
    ).map(
        ([name, capabilities, argv, method]): Row => ({
            server: `has no ${name}`,
            behaviour: { capabilities },
            argv: [...argv],
            ways: ['http'],
            code: 5,
            prints: new RegExp(`^the server has no ${name}; info shows what it has$`, 'm'),
            atMost: { [`POST ${method}`]: 0 }
        })
    ),
    ...[404, 405].map(
        (status): Row => ({
            server: `is watched and answers GET with ${status}`,
            behaviour: { get: res => !!res.writeHead(status).end() },
            argv: ['watch'],
            ways: ['http'],
            code: 5,
            prints: new RegExp(`^http://[\\d.:]+/mcp has no stream for notifications: it answered GET with ${status} `)
        })
    )
];

const table = rows.flatMap(row => (row.ways ?? (['http', 'sse'] as const)).map(way => ({ ...row, way })));
test.each(table)('over $way, a server that $server', async row => {
    await using server = await serveHostile(row.way, row.behaviour);
    const { code, stdout, stderr } = await runAgainst(server, row.argv ?? ['call', 'once']);
    expect([code, code === 0 ? stdout : stderr]).toEqual([row.code, expect.stringMatching(row.prints)]);
    expect(stderr.split('\n').length).toBeLessThanOrEqual(code === 0 ? 1 : 2);
    for (const [request, most] of Object.entries(row.atMost ?? {})) {
        expect([request, server.count(request)]).toEqual([request, expect.toSatisfy(count => count <= most)]);
    }
});

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
    ['does not compile', { type: 'object', properties: { a: { pattern: '(' } } }, 'Invalid regular expression'],
    ['leads nowhere', { $ref: 'http://other.example/schema' }, "can't resolve reference"],
    [
        'refers to itself without an end',
        { anyOf: Array.from({ length: 6 }, () => ({ $ref: '#' })) },
        'Maximum call stack'
    ],
    ['has a pattern that matches too slowly', { properties: { a: { pattern: '^(a+)+$' } } }, 'takes more than 1000 ms'],
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
    expect(stderr).toMatch(/^the result of once is not checked: its output schema cannot be used: .*\n$/);
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
    await expect.poll(() => server.count('GET'), { timeout: 10_000 }).toBe(1);
    child.kill(signal);
    expect(await child.ended).toMatchObject({ code });
    expect(server.count('DELETE')).toBe(1);
});
