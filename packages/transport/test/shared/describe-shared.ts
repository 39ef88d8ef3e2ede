import {
    call,
    cancel,
    createPusher,
    createRecorder,
    createServer,
    note,
    openMcp,
    openStream
} from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import type { WakeListener } from '../../src/broker/broker.ts';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const MCP_HEADERS = {
    ...JSON_TYPE,
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': '2025-11-25'
};

/** Any process answers for any session. */
export function describeShared(brokers: MakeBrokers): void {
    test('a POST to another process than that of the stream is answered on the stream', async () => {
        await using processes = await serveProcesses(2, brokers, { createServer });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        const url = new URL(second?.sseUrl ?? '');
        url.pathname = '/messages';
        url.searchParams.set('sessionId', stream.sessionId);
        const answer = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(call(7, 'who')) });
        expect(answer.status).toBe(202);
        expect(await stream.findReply(7)).toMatchObject({
            result: { structuredContent: { sessionId: stream.sessionId } }
        });
    });

    test('a call over Streamable HTTP is answered with JSON by any process', async () => {
        await using processes = await serveProcesses(2, brokers, { createServer });
        const [first, second] = processes;
        await using client = await openMcp(first?.mcpUrl ?? '');
        for (const { mcpUrl } of [second, first].flatMap(each => each ?? [])) {
            const answer = await fetch(mcpUrl, {
                method: 'POST',
                headers: { ...MCP_HEADERS, 'Mcp-Session-Id': client.sessionId },
                body: JSON.stringify(call(7, 'who'))
            });
            expect(answer.headers.get('content-type')).toBe('application/json');
            expect(await answer.json()).toMatchObject({ id: 7 });
        }
    });

    test('a cancelled call gets no reply and its stream ends, whichever processes get the call and the cancellation', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(2, brokers, { createServer: pusher.createServer });
        const [first = '', second = ''] = processes.map(({ mcpUrl }) => mcpUrl);
        await using client = await openMcp(first);
        const headers = { ...MCP_HEADERS, 'Mcp-Session-Id': client.sessionId };
        const post = (url: string, body: object) =>
            fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(5000) });
        const standing = await client.open();
        for (const [index, url] of [first, second, first, second].entries()) {
            const answer = await post(url, call(7, 'slow'));
            await expect.poll(() => pusher.replies.length).toBe(index + 1);
            expect((await post(index < 2 ? first : second, cancel(7))).status).toBe(202);
            expect(await answer.text()).not.toContain('data: {');
            if (index < 3) await pusher.replies[index]?.({ ran: 'late' });
        }
        await pusher.push(note('end'));
        await standing.find(frame => frame.kind === 'event' && frame.data.includes('end'));
        expect(standing.messages()).toHaveLength(1);
        // No process waits for the last call, which has no reply at all.
        await Promise.all(processes.map(({ sessions }) => sessions.drain(1e9)));
    });

    test('an answer that is there before the process knows of its POST is sent', async () => {
        const { observer, happened } = createRecorder();
        await using processes = await serveProcesses(2, brokers, {
            createServer,
            observer,
            change: (broker, number) => ({
                async accept(...post) {
                    const acceptance = await broker.accept(...post);
                    const isAnswered = () => happened.filter(what => what === 'sent reply').length === 2;
                    if (number === 1) await expect.poll(isAnswered).toBe(true);
                    return acceptance;
                }
            })
        });
        const [first, second] = processes;
        await using client = await openMcp(first?.mcpUrl ?? '');
        const headers = { ...MCP_HEADERS, 'Mcp-Session-Id': client.sessionId };
        const body = JSON.stringify(call(7, 'who'));
        const answer = await fetch(second?.mcpUrl ?? '', { method: 'POST', headers, body });
        expect(await answer.json()).toMatchObject({ id: 7 });
    });

    test('an old wake about a claim does not end the work of a process that is the owner again', async () => {
        const pusher = createPusher();
        let wake: WakeListener = () => {};
        await using processes = await serveProcesses(1, brokers, {
            createServer: pusher.createServer,
            change: broker => ({
                onWake(listener) {
                    wake = listener;
                    broker.onWake(listener);
                }
            })
        });
        await using stream = await openStream(processes[0]?.sseUrl ?? '');
        await stream.initialize();
        await stream.post(call(1, 'slow'));
        await expect.poll(() => pusher.replies.length).toBe(1);
        wake(stream.sessionId, 'claimed');
        await pusher.replies[0]?.({ ran: 'once' });
        expect(await stream.findReply(1)).toMatchObject({ result: { ran: 'once' } });
    });

    test('an old wake about a holder does not end the stream of a process that holds it again', async () => {
        let wake: WakeListener = () => {};
        const asked: unknown[] = [];
        await using processes = await serveProcesses(1, brokers, {
            createServer,
            change: broker => ({
                onWake(listener) {
                    wake = listener;
                    broker.onWake(listener);
                },
                async holds(...place) {
                    const hold = await broker.holds(...place);
                    asked.push(hold);
                    return hold;
                }
            })
        });
        await using stream = await openStream(processes[0]?.sseUrl ?? '');
        await stream.initialize();
        wake(stream.sessionId, 'superseded', 0);
        await expect.poll(() => asked).toEqual([{ owner: processes[0]?.broker.processId }]);
        expect(await stream.request(1, 'ping')).toMatchObject({ result: {} });
    });

    test('a client continues at another process after its own has crashed, and its messages have one order', async () => {
        const pusher = createPusher();
        const { observer, happened } = createRecorder();
        await using processes = await serveProcesses(2, brokers, { createServer: pusher.createServer, observer });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await pusher.push(note('before'));
        await stream.find(frame => frame.kind === 'event' && frame.data.includes('before'));
        await first?.crash();
        await stream.ended;
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        expect(again.sessionId).toBe(stream.sessionId);
        // The second process makes a server for the session when the lease of the first has ended.
        await expect.poll(() => happened).toContain('taken over');
        expect(second?.sessions.size).toBe(1);
        await pusher.push(note('after'));
        await again.find(frame => frame.kind === 'event' && frame.data.includes('after'));
        expect(again.frames.flatMap(frame => (frame.kind === 'event' ? [frame.id?.split(':').at(-1)] : []))).toEqual([
            '2',
            '3'
        ]);
    });

    test('a session whose process has crashed, and whose client does not come back, ends after the resume window', async () => {
        await using processes = await serveProcesses(2, brokers, {
            createServer,
            limits: { maxSessions: 1, resumeWindowMs: 200 }
        });
        const [first, second] = processes;
        const url = second?.sseUrl ?? '';
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await expect(openStream(url)).rejects.toThrow('503');
        await first?.crash();
        await expect.poll(() => openStream(url).then(({ status }) => status, String)).toBe(200);
    });

    test('a call whose process has crashed is answered: again if it may run again, else with an error', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            isRepeatable: ({ params }) => params?.name === 'read'
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await stream.post(call(1, 'read'));
        await stream.post(call(2, 'write'));
        await expect.poll(() => pusher.replies.length).toBe(2);
        await first?.crash();
        await stream.ended;
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        expect(await again.findReply(2)).toMatchObject({ error: { message: expect.stringContaining('not known') } });
        await expect.poll(() => pusher.replies.length).toBe(3);
        await pusher.replies[2]?.({ ran: 'again' });
        expect(await again.findReply(1)).toMatchObject({ result: { ran: 'again' } });
    });

    test('a drained process hands its session over, and an answer that is not there yet comes at the next one', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(2, brokers, { createServer: pusher.createServer });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await stream.post(call(1, 'read'));
        await expect.poll(() => pusher.replies.length).toBe(1);
        const drained = first?.sessions.drain(60_000);
        await stream.ended;
        expect(stream.frames.filter(({ kind }) => kind === 'retry')).toHaveLength(2);
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await pusher.replies[0]?.({ ran: 'once' });
        expect(await again.findReply(1)).toMatchObject({ result: { ran: 'once' } });
        await drained;
        await expect.poll(() => second?.sessions.size).toBe(1);
        await pusher.push(note('from the next owner'));
        await again.find(frame => frame.kind === 'event' && frame.data.includes('from the next owner'));
    });

    test('a session answers only to its own credential, at every process', async () => {
        await using processes = await serveProcesses(2, brokers, { createServer });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '', { Authorization: 'Bearer alice' });
        const statuses = [];
        for (const { sseUrl } of [first, second].flatMap(each => each ?? [])) {
            const url = new URL(sseUrl);
            url.pathname = '/messages';
            url.searchParams.set('sessionId', stream.sessionId);
            for (const token of ['alice', 'bob']) {
                const headers = { ...JSON_TYPE, Authorization: `Bearer ${token}` };
                const body = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
                statuses.push((await fetch(url, { method: 'POST', headers, body })).status);
            }
        }
        expect(statuses).toEqual([202, 404, 202, 404]);
        await using foreign = await openStream(second?.sseUrl ?? '', {
            Authorization: 'Bearer bob',
            'Last-Event-ID': stream.lastEventId
        });
        expect(foreign.sessionId).not.toBe(stream.sessionId);
    });
}
