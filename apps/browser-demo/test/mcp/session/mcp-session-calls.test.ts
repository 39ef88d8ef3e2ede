import { describe, expect, test } from 'vitest';
import { FakeServer, settled } from './fake-server.ts';

/** The capability of a server that recognizes retries by `Idempotency-Key`. */
const recognizesRetries = { experimental: { idempotencyKey: { rememberedMs: 60_000 } } };

/** The next POST gets no answer; later POSTs get `answer`. */
function breakFirstPost(server: FakeServer, answer: () => Response): void {
    server.answerPost = () => {
        server.answerPost = answer;
        throw new TypeError('fetch failed');
    };
}

describe('a call', () => {
    test('gets the reply with its id, in any order', async () => {
        const server = new FakeServer();
        await server.connect();
        const first = server.session.request('first');
        const second = server.session.request('second');
        server.stream.reply(server.sent('second')[0]?.id, 2);
        server.stream.reply(server.sent('first')[0]?.id, 1);
        await expect(Promise.all([first, second])).resolves.toEqual([1, 2]);
    });

    test('is rejected with the code and message of an error reply', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('nonsense');
        const error = { code: -32601, message: 'Method not found' };
        server.stream.emit('message', JSON.stringify({ jsonrpc: '2.0', id: server.posts.at(-1)?.id, error }));
        await expect(call).rejects.toMatchObject({
            code: 'rpc-error',
            message: 'the server replied with error -32601: Method not found',
            refusal: { kind: 'rpc', ...error, data: undefined }
        });
    });

    test('is rejected with status and reason if the POST is rejected', async () => {
        const server = new FakeServer();
        await server.connect();
        const error = { code: -32000, message: 'Too many requests in flight' };
        server.answerPost = () => Response.json({ jsonrpc: '2.0', error, id: null }, { status: 429 });
        await expect(server.session.request('tools/call')).rejects.toMatchObject({
            code: 'post-failed',
            message: 'the server answered 429: Too many requests in flight',
            refusal: { kind: 'http', status: 429, body: expect.stringContaining('-32000') }
        });
    });

    test('ends the session and all its calls if its POST is answered with 401', async () => {
        const server = new FakeServer();
        await server.connect();
        const waiting = server.session.request('slow');
        server.answerPost = () => Response.json({}, { status: 401 });
        const reason = { code: 'unauthenticated', message: expect.stringContaining('sign in') };
        await expect(server.session.request('tools/call')).rejects.toMatchObject(reason);
        await expect(waiting).rejects.toMatchObject(reason);
        expect(server.state).toEqual({ status: 'disconnected', reason: expect.objectContaining(reason) });
        expect(server.stream.readyState).toBe(2);
    });

    test('does not end a newer session by a late 401', async () => {
        const server = new FakeServer();
        await server.connect();
        let answerLate = (_answer: Response): void => {};
        server.answerPost = () => new Promise(resolve => (answerLate = resolve));
        const call = server.session.request('tools/call');
        server.session.close();
        await expect(call).rejects.toMatchObject({ code: 'closed' });
        server.answerPost = () => new Response('Accepted', { status: 202 });
        await server.connect('two');
        answerLate(Response.json({}, { status: 401 }));
        await settled();
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });

    test('is rejected if its POST does not reach the server', async () => {
        const server = new FakeServer();
        await server.connect();
        server.answerPost = () => {
            throw new TypeError('fetch failed');
        };
        await expect(server.session.request('tools/call')).rejects.toMatchObject({ code: 'post-failed' });
    });

    test('is repeated once with Idempotency-Key if its POST got no answer and the server declares support', async () => {
        const server = new FakeServer();
        server.capabilities = recognizesRetries;
        await server.connect();
        breakFirstPost(server, () => new Response('Accepted', { status: 202 }));
        const call = server.session.request('tools/call');
        await settled();
        const { id } = server.sent('tools/call')[0] ?? {};
        server.stream.reply(id, 'done');
        await expect(call).resolves.toBe('done');
        expect(server.sent('tools/call')).toEqual([{ jsonrpc: '2.0', id, method: 'tools/call' }, expect.anything()]);
        expect(server.marks.slice(-2)).toEqual([null, `"${id}"`]);
        const facts = server.facts.filter(({ kind }) => kind === 'post').slice(-2);
        expect(facts).toEqual([
            expect.not.objectContaining({ idempotencyKey: expect.anything() }),
            expect.objectContaining({ idempotencyKey: `"${id}"` })
        ]);
    });

    test('is rejected with the message of the server if the answer to the retry says so', async () => {
        const server = new FakeServer();
        server.capabilities = recognizesRetries;
        await server.connect();
        const error = { code: -32010, message: 'The request was run and its answer is lost' };
        breakFirstPost(server, () => Response.json({ jsonrpc: '2.0', error, id: null }, { status: 409 }));
        await expect(server.session.request('tools/call')).rejects.toMatchObject({
            code: 'post-failed',
            message: expect.stringContaining('The request was run and its answer is lost')
        });
        expect(server.sent('tools/call')).toHaveLength(2);
    });

    test('is not repeated if it was cancelled', async () => {
        const server = new FakeServer();
        server.capabilities = recognizesRetries;
        await server.connect();
        let fail = () => {};
        server.answerPost = () =>
            new Promise((_, reject) => {
                fail = () => reject(new TypeError('fetch failed'));
            });
        const user = new AbortController();
        const call = server.session.request('tools/call', undefined, { signal: user.signal });
        const failPost = fail;
        user.abort();
        await expect(call).rejects.toMatchObject({ code: 'cancelled' });
        failPost();
        await settled();
        expect(server.sent('tools/call')).toHaveLength(1);
    });

    test('answers ping, and any other request of the server with Method not found', async () => {
        const server = new FakeServer();
        await server.connect();
        server.stream.emit('message', '{"jsonrpc":"2.0","id":"p1","method":"ping"}');
        server.stream.emit('message', '{"jsonrpc":"2.0","id":7,"method":"roots/list"}');
        await settled();
        expect(server.posts.slice(-2)).toEqual([
            { jsonrpc: '2.0', id: 'p1', result: {} },
            { jsonrpc: '2.0', id: 7, error: { code: -32601, message: 'Method not found' } }
        ]);
    });

    test('answers thousands of pings one after the other', async () => {
        const server = new FakeServer();
        await server.connect();
        const before = server.posts.length;
        server.answerPost = () => new Promise(() => {});
        for (let id = 0; id < 1000; id++) server.stream.emit('message', `{"jsonrpc":"2.0","id":${id},"method":"ping"}`);
        await settled();
        expect(server.posts).toHaveLength(before + 1);
    });

    test('is rejected by an error whose message is not text', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('tools/call');
        const error = { code: { valueOf: 1, toString: 1 }, message: { valueOf: 1, toString: 1 } };
        const { id } = server.posts.at(-1) ?? {};
        server.stream.emit('message', JSON.stringify({ jsonrpc: '2.0', id, error }));
        await expect(call).rejects.toMatchObject({ code: 'rpc-error' });
    });

    test('passes notifications of the server on', async () => {
        const server = new FakeServer();
        await server.connect();
        const method = 'notifications/resources/updated';
        server.stream.emit('message', JSON.stringify({ jsonrpc: '2.0', method, params: { uri: 'clock://now' } }));
        server.stream.emit('message', '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}');
        expect(server.notifications).toEqual([
            [method, { uri: 'clock://now' }],
            ['notifications/tools/list_changed', undefined]
        ]);
    });

    test.each([
        'not JSON',
        '[]',
        'null',
        '{"jsonrpc":"2.0","id":99,"result":1}',
        '{"jsonrpc":"2.0","method":"notifications/x"}'
    ])('records the invalid message %s and ignores it', async data => {
        const server = new FakeServer();
        await server.connect();
        const posts = server.posts.length;
        server.stream.emit('message', data);
        expect(server.facts.at(-1)).toMatchObject({ kind: 'event', event: 'message', data });
        expect(server.posts).toHaveLength(posts);
    });
});
