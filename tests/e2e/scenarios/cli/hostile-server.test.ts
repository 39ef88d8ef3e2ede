import type { ServerResponse } from 'node:http';
import { type Behaviour, events, json, onCall, serveHostile, tool, type Way } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { runAgainst } from '../../helpers/run-against.ts';

// Servers that are wrong in one way each: what the client prints, how it exits, and how often it asked.

const gone = (res: ServerResponse) => !!res.writeHead(404).end();
const readOnly = [tool('once', { annotations: { readOnlyHint: true } })];
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
        server: 'answers with a result that is not an object',
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
