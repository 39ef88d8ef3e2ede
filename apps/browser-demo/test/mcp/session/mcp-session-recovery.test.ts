import { describe, expect, test } from 'vitest';
import { FakeServer, ORIGIN, settled } from './fake-server.ts';

describe('a stream that breaks', () => {
    test('a resumed session keeps pending calls and needs no second handshake', async () => {
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

    test('a new session rejects pending calls and does the handshake again', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('slow');
        server.stream.lose();
        server.stream.open('/messages?sessionId=two');
        await expect(call).rejects.toMatchObject({
            code: 'session-replaced',
            message: 'the server no longer knows the session, and a new one has started; call again'
        });
        await server.shakeHands();
        expect(server.sent('initialize')).toHaveLength(2);
        expect(server.postUrls.at(-1)).toBe(`${ORIGIN}/messages?sessionId=two`);
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });

    test('a new session during the handshake does not disconnect', async () => {
        const server = new FakeServer();
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        server.stream.open('/messages?sessionId=two');
        await server.shakeHands();
        expect(server.states.map(({ status }) => status)).toEqual(['connecting', 'connected']);
    });

    test('a new session at the end of the handshake does its own handshake', async () => {
        const server = new FakeServer();
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        server.stream.reply(server.sent('initialize')[0]?.id, {});
        server.stream.lose();
        server.stream.open('/messages?sessionId=two');
        await settled();
        expect(server.state).toEqual({ status: 'reconnecting' });
        await server.shakeHands();
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });
});

describe('a session that the server no longer knows', () => {
    const unknown = () => {
        const error = { code: -32001, message: 'Session not found' };
        return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 404 });
    };

    test('is replaced by a new session on a new stream', async () => {
        const server = new FakeServer();
        await server.connect();
        const old = server.stream;
        const waiting = server.session.request('slow');
        server.answerPost = unknown;
        const text = 'the server no longer knows the session, and a new one has started; call again';
        const refused = server.session.request('tools/call');
        await expect(refused).rejects.toMatchObject({ code: 'session-replaced', message: text });
        await expect(waiting).rejects.toMatchObject({ code: 'session-replaced' });
        expect([old.readyState, server.state]).toEqual([2, { status: 'connecting' }]);
        server.answerPost = () => new Response('Accepted', { status: 202 });
        server.stream.open('/messages?sessionId=two');
        await server.shakeHands();
        expect(server.state).toMatchObject({ status: 'connected', sessionId: 'two' });
    });

    test('is replaced at once, even while its stream is down', async () => {
        const server = new FakeServer();
        await server.connect();
        server.stream.lose();
        server.answerPost = unknown;
        const { stream } = server;
        await expect(server.session.request('tools/call')).rejects.toMatchObject({ code: 'session-replaced' });
        expect([stream.readyState, server.state]).toEqual([2, { status: 'connecting' }]);
        expect(server.stream).not.toBe(stream);
    });

    test('is not replaced again and again: a session that is unknown from the start disconnects', async () => {
        const server = new FakeServer();
        server.answerPost = unknown;
        server.session.connect();
        server.stream.open('/messages?sessionId=one');
        await settled();
        const text = 'the server answered 404: Session not found';
        expect(server.state).toEqual({ status: 'disconnected', reason: expect.objectContaining({ message: text }) });
    });
});
