import { describe, expect, test } from 'vitest';
import { ORIGIN, settled } from '../session/fake-server.ts';
import { openBody, openMcp, toEvent } from './fake-mcp.ts';

const SESSION = { 'mcp-session-id': 'one', 'mcp-protocol-version': '2025-06-18' };

describe('the handshake', () => {
    test('names the session and the agreed version in every later request', async () => {
        const { session, asked, initialize, accept, state, facts } = openMcp();
        session.connect();
        expect(asked[0]).toMatchObject({ method: 'POST', message: { method: 'initialize' } });
        expect(asked[0]?.headers).toEqual({
            accept: 'application/json, text/event-stream',
            'content-type': 'application/json'
        });
        await initialize();
        expect(asked[1]).toMatchObject({ message: { method: 'notifications/initialized' }, headers: SESSION });
        expect(asked).toHaveLength(2);
        await accept();
        expect(asked[2]).toMatchObject({ method: 'GET', headers: { ...SESSION, accept: 'text/event-stream' } });
        expect(state()).toMatchObject({ status: 'connected', sessionId: 'one', protocolVersion: '2025-06-18' });
        expect(facts).toMatchObject([
            { kind: 'post', number: 1, url: `${ORIGIN}/mcp`, headers: { accept: expect.any(String) } },
            { kind: 'answered', number: 1, status: 200, headers: { 'mcp-session-id': 'one' } },
            { kind: 'json', number: 1 },
            { kind: 'post', number: 2, headers: SESSION },
            { kind: 'answered', number: 2, status: 202 },
            { kind: 'connecting', url: `${ORIGIN}/mcp`, reader: 'raw', headers: SESSION }
        ]);
    });

    test('works with a server that has no sessions and no stream of GET', async () => {
        const { session, initialize, accept, newest, state, reply, facts } = openMcp();
        session.connect();
        await initialize({});
        await accept();
        await newest().answer(new Response(null, { status: 405, statusText: 'Method Not Allowed' }));
        expect(facts.at(-1)).toMatchObject({ kind: 'declined', status: 405 });
        expect(state()).toMatchObject({ status: 'connected', sessionId: 'nameless 1' });
        const call = session.request('tools/list');
        await settled();
        expect(newest().headers).not.toHaveProperty('mcp-session-id');
        await reply({ tools: [] });
        await expect(call).resolves.toEqual({ tools: [] });
        session.close();
        expect(newest().method).toBe('POST');
    });

    test.each([400, 404, 405])('that gets %i says that there is no Streamable HTTP', async status => {
        const { session, newest, state } = openMcp({ url: `${ORIGIN}/sse` });
        session.connect();
        await newest().answer(new Response(null, { status }));
        const text = `no Streamable HTTP at /sse (${status}); if the server speaks only HTTP+SSE`;
        expect(state()).toMatchObject({
            status: 'disconnected',
            reason: { code: 'no-streamable', message: expect.stringContaining(text) }
        });
    });

    test('that gets a web page says that the address is wrong', async () => {
        const { session, newest, state } = openMcp();
        session.connect();
        await newest().answer(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
        expect(state()).toMatchObject({ reason: { message: expect.stringContaining('(text/html)') } });
    });

    test('at another origin that hides Mcp-Session-Id says what the server must expose', async () => {
        const { session, newest, initialize, state } = openMcp({ pageOrigin: 'http://page.test' });
        session.connect();
        await initialize({});
        await newest().answer(Response.json({}, { status: 400 }));
        expect(state()).toMatchObject({ reason: { message: expect.stringContaining('must expose Mcp-Session-Id') } });
    });
});

describe('the response to a POST', () => {
    test('is an event stream: messages arrive before the reply, and facts name the POST', async () => {
        const { callTool, connect, newest, facts, notifications } = openMcp();
        await connect();
        const call = callTool();
        const { id } = newest().message;
        const body = openBody();
        await newest().answer(body.response);
        await body.send(`retry: 700\n\n: keepalive\n\n${toEvent({ method: 'notifications/message' }, 's:1:1')}`);
        expect(notifications).toEqual(['notifications/message']);
        await body.send(toEvent({ id, result: 'done' }, 's:1:2'));
        await expect(call).resolves.toBe('done');
        await body.end();
        expect(facts.slice(-6)).toMatchObject([
            { kind: 'answered', number: 3, stream: true },
            { kind: 'retry', ms: 700, post: 3 },
            { kind: 'comment', post: 3 },
            { kind: 'event', id: 's:1:1', post: 3 },
            { kind: 'event', id: 's:1:2', post: 3 },
            { kind: 'ended', number: 3 }
        ]);
    });

    test.each(['breaks', 'ends'])('that %s before the reply is resumed by GET, after retry', async how => {
        const { callTool, connect, newest, facts, waits, pass, states } = openMcp();
        await connect();
        const call = callTool();
        const { id } = newest().message;
        const body = openBody();
        await newest().answer(body.response);
        await body.send('id: s:1:0\nretry: 50\ndata:\n\n');
        await (how === 'breaks' ? body.breakOff() : body.end());
        expect([waits.map(({ ms }) => ms), facts.at(-1)]).toEqual([
            [50],
            { kind: 'ended', number: 3, resumes: true, ...(how === 'breaks' && { detail: 'network error' }) }
        ]);
        await pass();
        expect(newest()).toMatchObject({ method: 'GET', headers: { ...SESSION, 'last-event-id': 's:1:0' } });
        await newest().fail();
        await pass();
        const again = openBody();
        await newest().answer(again.response);
        await again.send(toEvent({ id, result: 'done' }, 's:1:1'));
        await expect(call).resolves.toBe('done');
        await again.end();
        expect(facts.slice(-7)).toMatchObject([
            { kind: 'reconnecting', lastEventId: 's:1:0', post: 3 },
            { kind: 'ended', number: 3, detail: 'fetch failed', resumes: true },
            { kind: 'reconnecting', lastEventId: 's:1:0', post: 3, headers: { 'last-event-id': 's:1:0' } },
            { kind: 'opened', lastEventId: 's:1:0', post: 3 },
            { kind: 'resumed', post: 3 },
            { kind: 'event', post: 3 },
            { kind: 'ended', number: 3 }
        ]);
        // The session itself was never lost.
        expect(states.map(({ status }) => status)).toEqual(['connecting', 'connected']);
        expect(waits).toEqual([]);
    });

    test('that breaks without an event id fails its call, with what to do', async () => {
        const { callTool, connect, newest } = openMcp();
        await connect();
        const call = callTool();
        const body = openBody();
        await newest().answer(body.response);
        await body.breakOff();
        await expect(call).rejects.toMatchObject({
            code: 'post-failed',
            message: expect.stringContaining('call again')
        });
    });

    test('that cannot be resumed fails its call', async () => {
        const { callTool, connect, newest, pass, facts } = openMcp();
        await connect();
        const call = callTool();
        const body = openBody();
        await newest().answer(body.response);
        await body.send('id: s:1:0\ndata:\n\n');
        await body.breakOff();
        await pass();
        await newest().answer(new Response(null, { status: 400, statusText: 'Bad Request' }));
        await expect(call).rejects.toMatchObject({ code: 'post-failed' });
        expect(facts.at(-1)).toMatchObject({ kind: 'declined', status: 400, post: 3 });
    });

    test('is not resumed for a call that the user cancelled', async () => {
        const { callTool, connect, newest, waits } = openMcp();
        await connect();
        const abort = new AbortController();
        const call = callTool({ signal: abort.signal });
        const body = openBody();
        await newest().answer(body.response);
        await body.send('id: s:1:0\ndata:\n\n');
        abort.abort();
        await expect(call).rejects.toMatchObject({ code: 'cancelled' });
        expect(newest().message).toMatchObject({ method: 'notifications/cancelled' });
        await body.end();
        expect(waits).toEqual([]);
    });

    test('is 202 with a body that never ends, which blocks nothing', async () => {
        const { session, initialize, newest, state } = openMcp();
        session.connect();
        await initialize();
        await newest().answer(new Response(new ReadableStream(), { status: 202 }));
        expect(state()).toMatchObject({ status: 'connected' });
    });
});

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
