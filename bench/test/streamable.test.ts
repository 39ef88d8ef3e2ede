import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Client } from '../src/driver/caller.ts';
import { echoes } from '../src/driver/exercise.ts';
import { createPostPool, type PostPool } from '../src/driver/http/post-pool.ts';
import { createHttpSession } from '../src/driver/http-session.ts';
import { createStatelessClient } from '../src/driver/stateless-client.ts';

// Every way in which a server may answer a POST, and what the client refuses to count.

interface Post {
    headers: IncomingHttpHeaders;
    id?: number;
    method: string;
    params?: { name: string; arguments: { message: string }; _meta?: object };
}

type Answer = (res: ServerResponse, reply: object, post: Post) => void;

interface Target extends AsyncDisposable {
    pool: PostPool;
    posts: Post[];
}

const json: Answer = (res, reply) =>
    void res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply));

/** A server that answers calls of `echo` as `answer` wants them answered. */
async function openTarget(answer: Answer): Promise<Target> {
    const posts: Post[] = [];
    const listener: RequestListener = async (req, res) => {
        if (req.method === 'GET') return res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
        const chunks: Buffer[] = await req.toArray();
        const post: Post = { headers: req.headers, ...JSON.parse(Buffer.concat(chunks).toString()) };
        posts.push(post);
        if (post.id === undefined) return res.writeHead(202).end();
        if (post.method !== 'initialize') return answer(res, reply(post), post);
        res.setHeader('Mcp-Session-Id', 'the-session');
        json(res, { jsonrpc: '2.0', id: post.id, result: { protocolVersion: '2025-11-25' } }, post);
    };
    const server = createServer(listener);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const pool = createPostPool((server.address() as AddressInfo).port);
    return {
        pool,
        posts,
        async [Symbol.asyncDispose]() {
            pool.close();
            server.close();
            server.closeAllConnections();
        }
    };
}

function reply({ id, params }: Post): object {
    const value = { echo: params?.arguments.message, timestamp: 'now' };
    return {
        jsonrpc: '2.0',
        id,
        result: { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value }
    };
}

function toEvent(message: object): string {
    return `event: message\nid: 1\ndata: ${JSON.stringify(message)}\n\n`;
}

async function openClient({ pool }: Target, listens = false): Promise<Client> {
    const client = createHttpSession({ index: 0, pool, exercise: echoes, listens });
    await client.initialize();
    return client;
}

const inEvents: Answer = (res, message) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write('id: 0\ndata: \n\n');
    const event = toEvent(message);
    res.write(event.slice(0, 30));
    res.end(event.slice(30));
};

test.each([
    ['as JSON', json],
    ['as an event after an empty one, in portions', inEvents]
])('a reply counts that comes %s', async (_how, answer) => {
    await using target = await openTarget(answer);
    const client = await openClient(target);
    await Promise.all([client.call(), client.call()]);
    await client.call();
    client.ledger.verify();
    expect(client.ledger.answered).toBe(4);
});

test('after the answer to initialize all posts have the session and the revision', async () => {
    await using target = await openTarget(json);
    const client = await openClient(target);
    await client.call();
    const sent = target.posts.map(({ method, headers }) => [
        method,
        headers['mcp-session-id'],
        headers['mcp-protocol-version']
    ]);
    expect(sent).toEqual([
        ['initialize', undefined, undefined],
        ['notifications/initialized', 'the-session', '2025-11-25'],
        ['tools/call', 'the-session', '2025-11-25']
    ]);
});

test('a listening client is ready when its stream is open, and reports when the stream is lost', async () => {
    const target = await openTarget(json);
    const client = await openClient(target, true);
    const call = client.ledger.expect(client.ledger.nextId(), () => true);
    await target[Symbol.asyncDispose]();
    await expect(call).rejects.toThrow('session 0: the stream was lost');
});

test('without a session every request has the revision, the client and its capabilities', async () => {
    await using target = await openTarget(json);
    const client = createStatelessClient({ index: 0, pool: target.pool, exercise: echoes });
    await client.initialize();
    await client.call();
    client.ledger.verify();
    expect(target.posts).toMatchObject([
        {
            headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' },
            params: {
                _meta: {
                    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
                    'io.modelcontextprotocol/clientInfo': { name: 'bench' },
                    'io.modelcontextprotocol/clientCapabilities': {}
                }
            }
        }
    ]);
});

const wrongAnswers: [string, Answer, string][] = [
    [
        'another message',
        (res, _reply, post) => json(res, reply({ ...post, params: ofMessage('no') }), post),
        'wrong reply'
    ],
    ['the id of another request', (res, message, post) => json(res, { ...message, id: 0 }, post), 'was answered with'],
    ['an end without a reply', res => void res.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(), 'ended'],
    ['a body of another type', res => void res.writeHead(200, { 'Content-Type': 'text/plain' }).end('{}'), 'ended'],
    ['another status', res => void res.writeHead(404).end('gone'), 'answered 404, not 200: gone'],
    [
        'its reply twice',
        (res, message) => {
            res.writeHead(200, { 'Content-Type': 'text/event-stream' });
            res.end(toEvent(message).repeat(2));
        },
        'a second reply'
    ]
];

test.each(wrongAnswers)('an answer with %s voids the measurement', async (_what, answer, problem) => {
    await using target = await openTarget(answer);
    const client = await openClient(target);
    const call = client.call().then(() => client.ledger.verify());
    await expect(call).rejects.toThrow(problem);
});

function ofMessage(message: string): NonNullable<Post['params']> {
    return { name: 'echo', arguments: { message } };
}
