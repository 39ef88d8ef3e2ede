import { setImmediate as nextTurn } from 'node:timers/promises';
import {
    call,
    createGate,
    createPusher,
    createRecorder,
    createServer,
    note,
    openMcp,
    openStream,
    withProgress
} from '@calc/test-helpers/wire';
import type { SessionInfo } from '@calc/transport/server';
import { expect, test } from 'vitest';
import { type Broker, BrokerUnavailable } from '../../src/broker/broker.ts';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** Lets a step of the broker happen, and loses its reply the first time that it is the step that is meant. */
function losingOnce<Args extends unknown[], T>(
    step: (...args: Args) => Promise<T>,
    isMeant: (...args: Args) => boolean = () => true
): (...args: Args) => Promise<T> {
    let isLost = false;
    return async (...args) => {
        const reply = await step(...args);
        if (isLost || !isMeant(...args)) return reply;
        isLost = true;
        throw new BrokerUnavailable('the reply was lost');
    };
}

const bind = <Name extends keyof Broker>(broker: Broker, name: Name): Broker[Name] =>
    Reflect.apply(Function.prototype.bind, broker[name], [broker]);

/** What becomes of sessions when the broker does not answer. */
export function describeFaults(brokers: MakeBrokers): void {
    test('a session that must end while the broker is away does not continue when it is back', async () => {
        const pusher = createPusher();
        let isAway = false;
        const awayWith = <Args extends unknown[], T>(step: (...args: Args) => Promise<T>) => {
            return async (...args: Args) => {
                if (isAway) throw new BrokerUnavailable('away');
                return await step(...args);
            };
        };
        await using processes = await serveProcesses(1, brokers, {
            createServer: pusher.createServer,
            change: broker => ({
                append: awayWith(bind(broker, 'append')),
                end: awayWith(bind(broker, 'end')),
                unhold: awayWith(bind(broker, 'unhold'))
            })
        });
        const url = processes[0]?.sseUrl ?? '';
        await using stream = await openStream(url);
        await stream.initialize();
        isAway = true;
        // More than may wait.
        for (let count = 0; count <= 1001; count++) await pusher.push(note(count));
        await stream.ended;
        const resume = () => openStream(url, { 'Last-Event-ID': stream.lastEventId });
        await using meanwhile = await resume();
        expect(meanwhile.sessionId).toBe(stream.sessionId);
        isAway = false;
        await meanwhile.ended;
        await expect.poll(async () => (await resume()).sessionId).not.toBe(stream.sessionId);
    });

    test('a session whose first step was done, and whose reply was lost, takes no place', async () => {
        await using processes = await serveProcesses(1, brokers, {
            createServer,
            limits: { maxSessions: 1 },
            change: broker => ({ open: losingOnce(bind(broker, 'open')) })
        });
        const url = processes[0]?.sseUrl ?? '';
        await expect(openStream(url)).rejects.toThrow('503');
        await expect.poll(() => openStream(url).then(({ status }) => status, String)).toBe(200);
    });

    test('the first event of a stream is not sent twice if the reply of the broker was lost', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(1, brokers, {
            createServer: pusher.createServer,
            change: broker => ({
                // A reply could not be added twice in any case.
                append: losingOnce(bind(broker, 'append'), (_id, _fence, { settles }) => settles === undefined)
            })
        });
        await using client = await openMcp(processes[0]?.mcpUrl ?? '');
        const answer = client.post(call(1, 'slow', withProgress));
        await expect.poll(() => pusher.replies.length).toBe(1);
        const progress = { progressToken: 'p', progress: 1 };
        await pusher.push({ jsonrpc: '2.0', method: 'notifications/progress', params: progress }, 1);
        await pusher.replies[0]?.({});
        const { events } = await answer;
        await events?.ended;
        expect(events?.messages()).toHaveLength(2);
    });

    test('the first event after a takeover is not sent twice if the reply of the broker was lost', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            change: (broker, number) => (number === 0 ? {} : { append: losingOnce(bind(broker, 'append')) })
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await first?.crash();
        await stream.ended;
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await expect.poll(() => second?.sessions.size).toBe(1);
        await pusher.push(note('lost'));
        await pusher.push(note('kept'));
        await again.find(frame => frame.kind === 'event' && frame.data.includes('kept'));
        expect(again.messages().filter(message => JSON.stringify(message).includes('lost'))).toHaveLength(1);
    });

    test('a stream is resumed although the first step to hold it failed', async () => {
        const { happened, observer } = createRecorder();
        await using processes = await serveProcesses(1, brokers, {
            createServer,
            observer,
            change: broker => ({ hold: losingOnce(bind(broker, 'hold')) })
        });
        const url = processes[0]?.sseUrl ?? '';
        const stream = await openStream(url);
        await stream.initialize();
        stream.cut();
        await stream.ended;
        await using again = await openStream(url, { 'Last-Event-ID': stream.lastEventId });
        expect(again.sessionId).toBe(stream.sessionId);
        expect(await again.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
        expect(happened).not.toContain('defect');
    });

    test('a client that disconnects while its stream waits for the broker holds nothing', async () => {
        const { happened, observer } = createRecorder();
        const [isReading, isGone] = [createGate(), createGate()];
        await using processes = await serveProcesses(1, brokers, {
            createServer,
            observer,
            change: broker => ({
                find: losingOnce(bind(broker, 'find')),
                async read(...place) {
                    const reading = await broker.read(...place);
                    if (place[3] > 1) return reading;
                    isReading.open();
                    await isGone.opened;
                    return reading;
                }
            })
        });
        const [{ sseUrl = '', broker } = {}] = processes;
        const stream = await openStream(sseUrl);
        await stream.initialize();
        const drops = () => happened.filter(what => what.startsWith('dropped')).length;
        stream.cut();
        await expect.poll(drops).toBe(1);
        const again = new AbortController();
        const headers = { Accept: 'text/event-stream', 'Last-Event-ID': stream.lastEventId };
        expect((await fetch(sseUrl, { headers, signal: again.signal })).status).toBe(200);
        await isReading.opened;
        again.abort();
        await expect.poll(drops).toBe(2);
        isGone.open();
        await nextTurn();
        expect(await broker?.holds(stream.sessionId, 0)).toBeUndefined();
    });

    test('a session whose claim was done, and whose reply was lost, is claimed again', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            change: (broker, number) => (number === 1 ? { claim: losingOnce(bind(broker, 'claim')) } : {})
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await first?.crash();
        await stream.ended;
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await expect.poll(() => second?.sessions.size).toBe(1);
        await pusher.push(note('from the next owner'));
        await again.find(frame => frame.kind === 'event' && frame.data.includes('from the next owner'));
    });

    test('a session does not count as open after a GET /mcp that was answered with 503', async () => {
        const opened: SessionInfo[] = [];
        await using processes = await serveProcesses(1, brokers, {
            createServer(session) {
                opened.push(session);
                return createServer();
            },
            change: broker => ({ hold: losingOnce(bind(broker, 'hold')) })
        });
        await using client = await openMcp(processes[0]?.mcpUrl ?? '');
        expect((await client.get()).status).toBe(503);
        expect(opened.map(({ isOpen }) => isOpen)).toEqual([false]);
        await client.open();
        expect(opened.map(({ isOpen }) => isOpen)).toEqual([true]);
    });

    test('a batch with an invalid request gets all its answers', async () => {
        await using processes = await serveProcesses(1, brokers, { createServer });
        await using client = await openMcp(processes[0]?.mcpUrl ?? '', { protocolVersion: '2025-03-26' });
        const invalid = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 5 } };
        const { events } = await client.post([invalid, call(2, 'who')]);
        await events?.ended;
        expect(events?.messages().map(({ id }) => id)).toEqual([1, 2]);
    });

    test('the server of a new owner asks its client under another id than the former one', async () => {
        await using processes = await serveProcesses(2, brokers, { createServer, isRepeatable: () => true });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        const clientInfo = { name: 'client', version: '1' };
        const capabilities = { elicitation: {} };
        await stream.request('open', 'initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo });
        await stream.post(call(1, 'ask', { arguments: { question: 'first?' } }));
        const asked = (tap: typeof stream) => tap.messages().find(({ method }) => method === 'elicitation/create')?.id;
        await expect.poll(() => asked(stream)).toBe(0);
        await first?.crash();
        await stream.ended;
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await expect.poll(() => asked(again)).toBeGreaterThan(0);
        // The reply to the former question answers nothing.
        const reply = { action: 'accept', content: { answer: 'to the first' } };
        await again.post({ jsonrpc: '2.0', id: 0, result: reply });
        const right = { action: 'accept', content: { answer: 'to the second' } };
        await again.post({ jsonrpc: '2.0', id: asked(again), result: right });
        expect(await again.findReply(1)).toMatchObject({ result: { structuredContent: { answer: 'to the second' } } });
    });
}
