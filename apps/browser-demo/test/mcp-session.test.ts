import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeServer, ORIGIN, settled } from './fake-server.ts';

describe('connecting', () => {
    test('the handshake is initialize, then the initialized notification, POSTed to the endpoint', async () => {
        const server = new FakeServer();
        await server.connect();
        expect(server.posts.map(({ method }) => method)).toEqual(['initialize', 'notifications/initialized']);
        expect(server.posts[0]).toMatchObject({
            jsonrpc: '2.0',
            params: { protocolVersion: '2025-11-25', clientInfo: { name: 'test', version: '1.0.0' } }
        });
        expect(server.posts[1]).not.toHaveProperty('id');
        expect(new Set(server.postUrls)).toEqual(new Set([`${ORIGIN}/messages?sessionId=one`]));
        expect(server.states).toEqual([
            { status: 'connecting' },
            { status: 'connected', sessionId: 'one', server: 'fake 1.2.3' }
        ]);
    });

    test('every frame is shown, in the order of time', async () => {
        const server = new FakeServer();
        await server.connect();
        expect(server.frames).toEqual([
            '→ GET /sse',
            '← endpoint',
            '→ POST /messages?sessionId=one',
            '← message',
            '→ POST /messages?sessionId=one'
        ]);
    });

    test.each(['https://elsewhere.test/messages?sessionId=one', '//elsewhere.test/messages', 'http://'])(
        'the endpoint %s is refused, and nothing is POSTed',
        async endpoint => {
            const server = new FakeServer();
            server.session.connect();
            server.stream.open(endpoint);
            await settled();
            expect(server.posts).toEqual([]);
            expect(server.stream.readyState).toBe(2);
            expect(server.state).toEqual({
                status: 'disconnected',
                hint: `refused the endpoint ${endpoint}: it must be at ${ORIGIN}`
            });
        }
    );

    test('a stream that is refused disconnects and says what to look at', () => {
        const server = new FakeServer();
        server.session.connect();
        server.stream.refuse();
        expect(server.state).toMatchObject({
            status: 'disconnected',
            hint: expect.stringContaining('/sse did not answer')
        });
    });

    test('a handshake that the server rejects disconnects with the reason', async () => {
        const server = new FakeServer();
        server.answerPost = () => new Response('', { status: 503 });
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        await vi.waitFor(() => {
            expect(server.state).toEqual({ status: 'disconnected', hint: 'the POST was answered with 503' });
        });
    });

    test('a call before there is a session is rejected', async () => {
        const { session } = new FakeServer();
        await expect(session.listTools()).rejects.toMatchObject({ code: 'not-connected' });
    });

    test('closing fails the calls that wait, and connecting again starts afresh', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.callTool('add', {});
        server.session.close();
        await expect(call).rejects.toMatchObject({ code: 'closed' });
        expect(server.state).toEqual({ status: 'disconnected' });
        await server.connect('two');
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });
});

describe('calling', () => {
    test('replies are matched by id, whatever their order', async () => {
        const server = new FakeServer();
        await server.connect();
        const first = server.session.request('first');
        const second = server.session.request('second');
        server.stream.reply(server.sent('second')[0]?.id, 2);
        server.stream.reply(server.sent('first')[0]?.id, 1);
        await expect(Promise.all([first, second])).resolves.toEqual([1, 2]);
    });

    test('tools are listed page by page', async () => {
        const server = new FakeServer();
        await server.connect();
        const tools = server.session.listTools();
        server.stream.reply(server.sent('tools/list')[0]?.id, { tools: [{ name: 'add' }], nextCursor: 'more' });
        await settled();
        expect(server.sent('tools/list')[1]).toMatchObject({ params: { cursor: 'more' } });
        server.stream.reply(server.sent('tools/list')[1]?.id, { tools: [{ name: 'echo', title: 'Echo' }] });
        await expect(tools).resolves.toMatchObject([
            { name: 'add', title: 'add', inputSchema: {} },
            { name: 'echo', title: 'Echo' }
        ]);
    });

    test('a tool is called by name, and a failed one is a result', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.callTool('add', { a: 2, b: 3 });
        expect(server.posts.at(-1)).toMatchObject({ params: { name: 'add', arguments: { a: 2, b: 3 } } });
        server.stream.reply(server.posts.at(-1)?.id, { content: [{ type: 'text', text: 'no' }], isError: true });
        await expect(call).resolves.toEqual({
            content: [{ type: 'text', text: 'no' }],
            isError: true,
            structuredContent: undefined
        });
    });

    test('an error reply rejects the call with its code and message', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('nonsense');
        const error = { code: -32601, message: 'Method not found' };
        server.stream.emit('message', JSON.stringify({ jsonrpc: '2.0', id: server.posts.at(-1)?.id, error }));
        await expect(call).rejects.toMatchObject({
            code: 'rpc-error',
            message: 'the server replied with error -32601: Method not found'
        });
    });

    test('a reply that is no tool result rejects the call', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.callTool('add', {});
        server.stream.reply(server.posts.at(-1)?.id, { sum: 5 });
        await expect(call).rejects.toMatchObject({ code: 'bad-reply' });
    });

    test('a POST that is answered with 404 rejects the call with the status and the reason', async () => {
        const server = new FakeServer();
        await server.connect();
        const error = { code: -32001, message: 'Session not found' };
        server.answerPost = () => Response.json({ jsonrpc: '2.0', error, id: null }, { status: 404 });
        await expect(server.session.callTool('add', {})).rejects.toMatchObject({
            code: 'post-failed',
            message: 'the POST was answered with 404: Session not found'
        });
    });

    test('a POST that is answered with 401 ends the session and says why, also to the other calls', async () => {
        const server = new FakeServer();
        await server.connect();
        const waiting = server.session.request('slow');
        server.answerPost = () => Response.json({}, { status: 401 });
        const reason = { code: 'unauthenticated', message: expect.stringContaining('sign in') };
        await expect(server.session.callTool('add', {})).rejects.toMatchObject(reason);
        await expect(waiting).rejects.toMatchObject(reason);
        expect(server.state).toEqual({ status: 'disconnected', hint: reason.message });
        expect(server.stream.readyState).toBe(2);
    });

    test('a 401 that comes late does not end the session that has followed', async () => {
        const server = new FakeServer();
        await server.connect();
        let answerLate = (_answer: Response): void => {};
        server.answerPost = () => new Promise(resolve => (answerLate = resolve));
        const call = server.session.callTool('add', {});
        server.session.close();
        await expect(call).rejects.toMatchObject({ code: 'closed' });
        server.answerPost = () => new Response('Accepted', { status: 202 });
        await server.connect('two');
        answerLate(Response.json({}, { status: 401 }));
        await settled();
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });

    test('a POST that does not get through rejects the call', async () => {
        const server = new FakeServer();
        await server.connect();
        server.answerPost = () => {
            throw new TypeError('fetch failed');
        };
        await expect(server.session.callTool('add', {})).rejects.toMatchObject({ code: 'post-failed' });
    });

    test('ping is answered, and any other request of the server with Method not found', async () => {
        const server = new FakeServer();
        await server.connect();
        server.stream.emit('message', '{"jsonrpc":"2.0","id":"p1","method":"ping"}');
        server.stream.emit('message', '{"jsonrpc":"2.0","id":7,"method":"roots/list"}');
        expect(server.posts.slice(-2)).toEqual([
            { jsonrpc: '2.0', id: 'p1', result: {} },
            { jsonrpc: '2.0', id: 7, error: { code: -32601, message: 'Method not found' } }
        ]);
    });

    test.each([
        'not JSON',
        '[]',
        'null',
        '{"jsonrpc":"2.0","id":99,"result":1}',
        '{"jsonrpc":"2.0","method":"notifications/x"}'
    ])('the message %s is shown and otherwise ignored', async data => {
        const server = new FakeServer();
        await server.connect();
        const posts = server.posts.length;
        server.stream.emit('message', data);
        expect(server.frames.at(-1)).toBe('← message');
        expect(server.posts).toHaveLength(posts);
    });
});

describe('a stream that breaks', () => {
    test('a resumed session keeps the calls that wait, and needs no second handshake', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('slow');
        server.stream.lose();
        expect(server.state).toEqual({ status: 'reconnecting' });
        server.stream.open('/messages?sessionId=one');
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'one' });
        server.stream.reply(server.sent('slow')[0]?.id, 'done');
        await expect(call).resolves.toBe('done');
        expect(server.sent('initialize')).toHaveLength(1);
    });

    test('a fresh session fails the calls that wait, and shakes hands again', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('slow');
        server.stream.lose();
        server.stream.open('/messages?sessionId=two');
        await expect(call).rejects.toMatchObject({
            code: 'session-replaced',
            message: 'the server started a new session; call again'
        });
        await server.shakeHands();
        expect(server.sent('initialize')).toHaveLength(2);
        expect(server.postUrls.at(-1)).toBe(`${ORIGIN}/messages?sessionId=two`);
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });

    test('a fresh session in the middle of the handshake does not disconnect', async () => {
        const server = new FakeServer();
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        server.stream.open('/messages?sessionId=two');
        await server.shakeHands();
        expect(server.states.map(({ status }) => status)).toEqual(['connecting', 'connected']);
    });
});

describe('the time limit', () => {
    beforeEach(() => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
        vi.useRealTimers();
    });

    test('rejects a call that got no reply, and tells the server', async () => {
        const server = new FakeServer({ timeLimitMs: 2000 });
        await server.connect();
        const call = server.session.request('slow');
        const requestId = server.posts.at(-1)?.id;
        vi.advanceTimersByTime(2000);
        await expect(call).rejects.toMatchObject({
            code: 'time-limit',
            message: 'slow got no reply within 2 s; try again'
        });
        expect(server.posts.at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId } });
    });

    test('is 60 s unless told otherwise', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('slow');
        vi.advanceTimersByTime(59_999);
        server.stream.reply(server.posts.at(-1)?.id, 'just in time');
        await expect(call).resolves.toBe('just in time');
    });

    test('leaves no timer behind, however a call ends', async () => {
        const server = new FakeServer();
        await server.connect();
        const answered = server.session.request('answered');
        server.stream.reply(server.posts.at(-1)?.id, 1);
        await answered;
        const closed = server.session.request('closed');
        server.session.close();
        await expect(closed).rejects.toThrow();
        expect(vi.getTimerCount()).toBe(0);
    });
});
