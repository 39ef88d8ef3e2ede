import { describe, expect, test } from 'vitest';
import { openBody, openMcp, toEvent } from './fake-mcp.ts';

const SESSION = { 'mcp-session-id': 'one', 'mcp-protocol-version': '2025-06-18' };

describe('the stream of GET', () => {
    test('brings what belongs to no request, and is opened again with Last-Event-ID', async () => {
        const { connect, newest, pass, state, facts, notifications } = openMcp();
        const body = openBody();
        await connect(body.response);
        await body.send(toEvent({ method: 'notifications/resources/updated' }, 's:0:1'));
        expect(notifications).toEqual(['notifications/resources/updated']);
        await body.breakOff();
        expect(state()).toEqual({ status: 'reconnecting' });
        await pass();
        await newest().answer(new Response(null, { status: 503, statusText: 'Service Unavailable' }));
        await pass();
        expect(newest().headers).toMatchObject({ 'last-event-id': 's:0:1' });
        await newest().answer(openBody().response);
        expect(state()).toMatchObject({ status: 'connected', sessionId: 'one' });
        expect(facts.slice(-6)).toMatchObject([
            { kind: 'dropped', detail: 'network error' },
            { kind: 'reconnecting', lastEventId: 's:0:1' },
            { kind: 'dropped', detail: '503 Service Unavailable' },
            { kind: 'reconnecting' },
            { kind: 'opened', lastEventId: 's:0:1' },
            { kind: 'resumed' }
        ]);
    });

    test('begins anew if the server cannot replay what was missed', async () => {
        const { connect, newest, pass, facts } = openMcp();
        const body = openBody();
        await connect(body.response);
        await body.send(toEvent({ method: 'notifications/message' }, 's:0:1'));
        await body.end();
        await pass();
        await newest().answer(new Response(null, { status: 400 }));
        await pass();
        expect(newest().headers).not.toHaveProperty('last-event-id');
        await newest().answer(openBody().response);
        expect(facts.at(-1)).toMatchObject({ kind: 'opened', lastEventId: '' });
    });
});

describe('a session that the server does not know any more', () => {
    test('is replaced when a POST gets 404: initialize names no session', async () => {
        const { callTool, connect, newest, state, initialize, facts } = openMcp();
        await connect();
        const call = callTool();
        await newest().answer(new Response(null, { status: 404 }));
        await expect(call).rejects.toMatchObject({ code: 'session-replaced' });
        expect(newest().message).toMatchObject({ method: 'initialize' });
        expect(newest().headers).not.toHaveProperty('mcp-session-id');
        expect(facts.at(-2)).toEqual({ kind: 'closed', reason: 'failed', detail: 'session-replaced' });
        await initialize({ 'mcp-session-id': 'two' });
        await newest().answer(new Response(null, { status: 202 }));
        expect(state()).toMatchObject({ status: 'connected', sessionId: 'two' });
    });

    test('is replaced when the GET that resumes gets 404', async () => {
        const { connect, newest, pass, state } = openMcp();
        const body = openBody();
        await connect(body.response);
        await body.end();
        await pass();
        await newest().answer(new Response(null, { status: 404 }));
        expect(newest().message).toMatchObject({ method: 'initialize' });
        expect(state()).toEqual({ status: 'connecting' });
    });

    test('is not replaced when the first GET gets 404: some servers answer that if they have no stream', async () => {
        const { connect, state } = openMcp();
        await connect(new Response(null, { status: 404 }));
        expect(state()).toMatchObject({ status: 'connected' });
    });
});

test('closing ends the session with DELETE, and later messages are ignored', async () => {
    const { session, connect, newest, facts, state, kinds } = openMcp();
    const body = openBody();
    await connect(body.response);
    session.close();
    expect(newest()).toMatchObject({ method: 'DELETE', headers: SESSION });
    expect(state()).toEqual({ status: 'disconnected' });
    await body.send(toEvent({ method: 'notifications/message' }));
    expect(kinds().slice(-2)).toEqual(['post', 'closed']);
    await newest().answer(new Response(null, { status: 204 }));
    expect(facts.slice(-3)).toMatchObject([
        { kind: 'post', number: 3, method: 'DELETE', body: '' },
        { kind: 'closed', reason: 'asked' },
        { kind: 'answered', number: 3, status: 204 }
    ]);
});

test('a probe with another session id returns the refusal and changes nothing', async () => {
    const { session, connect, newest, state } = openMcp();
    await connect();
    const probe = session.probe({ sessionId: 'never' });
    expect(newest().headers).toMatchObject({ 'mcp-session-id': 'never' });
    await newest().answer(new Response('no', { status: 404 }));
    expect(await probe).toMatchObject({ status: 404, text: 'no' });
    expect(state()).toMatchObject({ status: 'connected', sessionId: 'one' });
});
