import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FakeServer, ORIGIN, settled } from './fake-server.ts';

describe('connecting', () => {
    test('POSTs initialize and then the initialized notification to the endpoint', async () => {
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
            {
                status: 'connected',
                sessionId: 'one',
                server: 'fake 1.2.3',
                capabilities: { tools: {} },
                protocolVersion: '2025-11-25'
            }
        ]);
    });

    test('records every frame in order', async () => {
        const server = new FakeServer();
        await server.connect();
        expect(server.facts).toEqual([
            { kind: 'connecting', url: `${ORIGIN}/sse`, reader: 'native' },
            { kind: 'opened', lastEventId: '' },
            { kind: 'event', event: 'endpoint', id: 'event-1', data: '/messages?sessionId=one' },
            expect.objectContaining({ kind: 'post', number: 1, url: `${ORIGIN}/messages?sessionId=one` }),
            expect.objectContaining({ kind: 'event', event: 'message' }),
            expect.objectContaining({ kind: 'answered', number: 1, status: 202 }),
            expect.objectContaining({ kind: 'post', number: 2 }),
            expect.objectContaining({ kind: 'answered', number: 2, status: 202 })
        ]);
    });

    test('follows no redirect of a POST', async () => {
        const server = new FakeServer();
        await server.connect();
        await server.session.probe({});
        expect([...server.redirects]).toEqual(['error']);
    });

    test.each(['https://elsewhere.test/messages?sessionId=one', '//elsewhere.test/messages', 'http://'])(
        'rejects the endpoint %s and POSTs nothing',
        async endpoint => {
            const server = new FakeServer();
            server.session.connect();
            server.stream.open(endpoint);
            await settled();
            expect(server.posts).toEqual([]);
            expect(server.stream.readyState).toBe(2);
            expect(server.state).toEqual({
                status: 'disconnected',
                reason: expect.objectContaining({
                    message: `the endpoint ${endpoint} is not accepted: it must be at ${ORIGIN}`
                })
            });
        }
    );

    test('closes a stream that sends no endpoint in time, with the reason', async () => {
        const server = new FakeServer({ endpointLimitMs: 1 });
        server.session.connect();
        server.stream.readyState = 1;
        server.stream.emit('open');
        await expect
            .poll(() => server.state)
            .toMatchObject({ status: 'disconnected', reason: { code: 'no-endpoint' } });
        expect(server.stream.readyState).toBe(2);
    });

    test('sets no time limit for the endpoint of a stream that it resumes', async () => {
        const server = new FakeServer();
        await server.connect();
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        onTestFinished(() => void vi.useRealTimers());
        server.stream.lose();
        server.stream.readyState = 1;
        server.stream.emit('open');
        expect(vi.getTimerCount()).toBe(0);
    });

    test('stops the time limit if the stream ends before its endpoint', async () => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        onTestFinished(() => void vi.useRealTimers());
        const server = new FakeServer();
        const openUnnamed = (): void => {
            server.stream.readyState = 1;
            server.stream.emit('open');
        };
        server.session.connect();
        openUnnamed();
        server.stream.lose();
        expect(vi.getTimerCount()).toBe(0);
        openUnnamed();
        server.session.close();
        expect(vi.getTimerCount()).toBe(0);
    });

    test('ignores later events named open or endpoint', async () => {
        const server = new FakeServer();
        await server.connect();
        const states = server.states.length;
        server.stream.emit('open', 'from the server', 'event-2');
        server.stream.emit('endpoint', '/messages?sessionId=two', 'event-3');
        await settled();
        expect(server.facts.slice(-2)).toMatchObject([
            { kind: 'event', event: 'open', data: 'from the server' },
            { kind: 'event', event: 'endpoint', data: '/messages?sessionId=two' }
        ]);
        expect([server.states.length, server.sent('initialize').length]).toEqual([states, 1]);
    });

    test('disconnects with advice if the stream is rejected', () => {
        const server = new FakeServer();
        server.session.connect();
        server.stream.refuse();
        expect(server.state).toMatchObject({
            status: 'disconnected',
            reason: { message: expect.stringContaining('no event stream at /sse') }
        });
    });

    test('disconnects with the reason if the server rejects the handshake', async () => {
        const server = new FakeServer();
        server.answerPost = () => new Response('', { status: 503 });
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        await vi.waitFor(() => {
            expect(server.state).toEqual({
                status: 'disconnected',
                reason: expect.objectContaining({ message: 'the server answered 503' })
            });
        });
        expect(server.facts.at(-1)).toEqual({ kind: 'closed', reason: 'failed', detail: 'post-failed' });
    });

    test('connects even if the server never ends the body of 202', async () => {
        const server = new FakeServer();
        server.answerPost = () => new Response(new ReadableStream(), { status: 202 });
        await server.connect();
        expect(server.state).toMatchObject({ status: 'connected' });
    });

    test('gives up such a body after 2 s, so that it keeps no connection', async () => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        onTestFinished(() => void vi.useRealTimers());
        const server = new FakeServer();
        const cancel = vi.fn();
        server.answerPost = () => new Response(new ReadableStream({ cancel }), { status: 202 });
        await server.connect();
        expect(cancel).not.toHaveBeenCalled();
        vi.advanceTimersByTime(2000);
        await settled();
        expect(cancel).toHaveBeenCalledTimes(2);
        expect(vi.getTimerCount()).toBe(0);
    });

    test.each([
        ['1999-01-01', '1999-01-01'],
        [undefined, '–'],
        [{ odd: true }, '{"odd":true}']
    ])('rejects the protocol version %j, and lists the known ones', async (protocolVersion, shown) => {
        const server = new FakeServer();
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        server.stream.reply(server.sent('initialize')[0]?.id, { protocolVersion, capabilities: {} });
        await settled();
        const known = '2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25';
        expect(server.state).toMatchObject({
            status: 'disconnected',
            reason: {
                code: 'unknown-version',
                message: `the server chose the protocol version ${shown}, which this page does not know; it knows ${known}`
            }
        });
        expect(server.sent('notifications/initialized')).toEqual([]);
    });

    test('rejects a call without a session', async () => {
        const { session } = new FakeServer();
        await expect(session.request('tools/list')).rejects.toMatchObject({ code: 'not-connected' });
    });

    test('closing rejects pending calls, and connecting again starts a new session', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('tools/call');
        server.session.close();
        await expect(call).rejects.toMatchObject({ code: 'closed' });
        expect(server.state).toEqual({ status: 'disconnected' });
        await server.connect('two');
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });
});

describe('a probe', () => {
    test('is sent and recorded with its overrides, and returns any answer', async () => {
        const server = new FakeServer();
        await server.connect();
        const headers = { 'WWW-Authenticate': 'Bearer' };
        server.answerPost = () => new Response('no', { status: 401, statusText: 'Unauthorized', headers });
        const authorization = 'Bearer wrong';
        const answer = await server.session.probe({ authorization, sessionId: 'never' });
        expect(answer).toEqual({ status: 401, statusText: 'Unauthorized', challenge: 'Bearer', text: 'no' });
        expect(server.facts.slice(-2)).toMatchObject([
            { kind: 'post', url: `${ORIGIN}/messages?sessionId=never`, authorization },
            { kind: 'answered', status: 401 }
        ]);
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'one' });
    });

    test('that is accepted gets a reply that is ignored', async () => {
        const server = new FakeServer();
        await server.connect();
        expect(await server.session.probe({})).toMatchObject({ status: 202, challenge: undefined });
        const call = server.session.request('slow');
        server.stream.reply(server.sent('ping')[0]?.id, {});
        server.stream.reply(server.sent('slow')[0]?.id, 'done');
        await expect(call).resolves.toBe('done');
    });
});
