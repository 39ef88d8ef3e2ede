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
