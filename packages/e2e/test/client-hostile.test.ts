import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { type Behaviour, events, json, runAgainst, serveHostile, tool, type Way } from './hostile-server.ts';

// Servers that are wrong in one way each: what the client prints, how it exits, and how often it asked.

const gone = (res: ServerResponse) => !!res.writeHead(404).end();
const readOnly = [tool('once', { annotations: { readOnlyHint: true } })];
/** Answers calls as told, and everything else as a good server does. */
const onCall = (act: NonNullable<Behaviour['post']>): Behaviour => ({
    post: asked => asked.method === 'tools/call' && act(asked)
});

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
    }
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

test('--trace shows what was passed over', async () => {
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
