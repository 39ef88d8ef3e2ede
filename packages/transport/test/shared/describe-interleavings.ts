import { once } from 'node:events';
import { request } from 'node:http';
import { createGate, createPusher, createRecorder, createServer, note, openStream } from '@calc/test-helpers/wire';
import type { SessionInfo } from '@calc/transport/server';
import { expect, test } from 'vitest';
import { BrokerUnavailable, type WakeListener } from '../../src/broker/broker.ts';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** What becomes of sessions when something else happens between two steps of a process. */
export function describeInterleavings(brokers: MakeBrokers): void {
    test('a process that could not claim a session leaves its stream to a newer holder', async () => {
        let wake: WakeListener = () => {};
        const [claiming, resumed] = [createGate(), createGate()];
        const asked: string[] = [];
        await using processes = await serveProcesses(2, brokers, {
            createServer,
            change: (broker, number) => ({
                onWake(listener) {
                    if (number === 1) wake = listener;
                    // The wake of the former holder is on its way.
                    broker.onWake((...given) => given[1] !== 'superseded' && listener(...given));
                },
                async claim(sessionId) {
                    claiming.open();
                    await resumed.opened;
                    return broker.claim(sessionId);
                },
                async hold(...place) {
                    if (number === 1) asked.push('hold');
                    return await broker.hold(...place);
                },
                async holds(...place) {
                    if (number === 1) asked.push('holds');
                    return await broker.holds(...place);
                }
            })
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await using _former = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        wake(stream.sessionId, 'orphaned');
        await claiming.opened;
        await using newer = await openStream(first?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        resumed.open();
        await expect.poll(() => asked.length).toBe(2);
        expect(asked).toEqual(['hold', 'holds']);
        expect(await newer.request(1, 'ping')).toMatchObject({ result: {} });
    });

    test.each([
        ['and dropped there', false],
        ['that has stopped', true]
    ])('a process does not end a session whose client came back to another process %s', async (_how, isGone) => {
        const resumeWindowMs = 60_001;
        /** The waits for clients whose streams have dropped. */
        const waits: { end(): void }[] = [];
        await using processes = await serveProcesses(2, brokers, {
            createServer,
            limits: { resumeWindowMs },
            clock: {
                now: () => performance.now(),
                schedule(callback, ms) {
                    if (ms === resumeWindowMs) {
                        const wait = { end: callback };
                        waits.push(wait);
                        return () => {
                            wait.end = () => {};
                        };
                    }
                    const timer = setTimeout(callback, ms);
                    return () => clearTimeout(timer);
                }
            }
        });
        const [first, second] = processes;
        const stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        stream.cut();
        await expect.poll(() => waits.length).toBe(1);
        await using elsewhere = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        if (isGone) await second?.broker[Symbol.asyncDispose]();
        else {
            elsewhere.cut();
            await expect.poll(() => waits.length).toBe(2);
        }
        waits[0]?.end();
        await using again = await openStream(first?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        expect(again.sessionId).toBe(stream.sessionId);
    });

    test('a session whose next owner is gone at once continues at its former one', async () => {
        const pusher = createPusher();
        const mayClaim = createGate();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            change: (broker, number) => ({
                async claim(sessionId) {
                    if (number === 0) await mayClaim.opened;
                    return await broker.claim(sessionId);
                }
            })
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        // As after the first process was stopped for longer than its lease.
        await first?.broker.release(stream.sessionId, 1);
        expect(await second?.broker.claim(stream.sessionId)).toMatchObject({ fence: 2 });
        await pusher.push(note('is refused'));
        await expect.poll(() => first?.sessions.size).toBe(0);
        await second?.crash();
        mayClaim.open();
        await expect.poll(() => first?.sessions.size).toBe(1);
        await pusher.push(note('from the former owner'));
        await stream.find(frame => frame.kind === 'event' && frame.data.includes('from the former owner'));
    });

    test('the server of a session is closed if its process closes while the server is made', async () => {
        const [begun, mayContinue, closed] = [createGate(), createGate(), createGate()];
        let isNext = false;
        await using processes = await serveProcesses(2, brokers, {
            async createServer() {
                const server = createServer();
                if (!isNext) return server;
                server.server.onclose = closed.open;
                begun.open();
                await mayContinue.opened;
                return server;
            }
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        isNext = true;
        await first?.crash();
        await stream.ended;
        await using _again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await begun.opened;
        second?.sessions.close();
        mayContinue.open();
        await closed.opened;
    });

    test('a process whose new server fails does not end a session that another process has claimed meanwhile', async () => {
        const [begun, mayFail] = [createGate(), createGate()];
        const { happened, observer } = createRecorder();
        let fails = false;
        await using processes = await serveProcesses(3, brokers, {
            observer,
            async createServer() {
                if (!fails) return createServer();
                fails = false;
                begun.open();
                await mayFail.opened;
                throw new Error('no server');
            }
        });
        const [first, second, third] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        fails = true;
        await first?.crash();
        await stream.ended;
        const last = { 'Last-Event-ID': stream.lastEventId };
        await using _again = await openStream(second?.sseUrl ?? '', last);
        await begun.opened;
        await second?.broker.release(stream.sessionId, 2);
        expect(await third?.broker.claim(stream.sessionId)).toMatchObject({ fence: 3 });
        mayFail.open();
        await expect.poll(() => happened).toContain('failed no server');
        await using elsewhere = await openStream(third?.sseUrl ?? '', last);
        expect(elsewhere.sessionId).toBe(stream.sessionId);
    });

    test.each([
        ['answers', false],
        ['is away', true]
    ])('a client that disconnects during its resume leaves no stream, if the broker then %s', async (_how, fails) => {
        const opened: SessionInfo[] = [];
        const [holding, disconnected, held] = [createGate(), createGate(), createGate()];
        await using processes = await serveProcesses(1, brokers, {
            createServer(session) {
                opened.push(session);
                return createServer();
            },
            middleware(req, next) {
                if (req.headers['last-event-id'] !== undefined) req.socket.once('close', disconnected.open);
                next();
            },
            change: broker => ({
                async hold(...stream) {
                    holding.open();
                    await disconnected.opened;
                    const hold = await broker.hold(...stream);
                    held.open();
                    if (fails) throw new BrokerUnavailable('away');
                    return hold;
                }
            })
        });
        const url = processes[0]?.sseUrl ?? '';
        const stream = await openStream(url);
        await stream.initialize();
        stream.cut();
        await expect.poll(() => opened[0]?.isOpen).toBe(false);
        const resumed = request(url, { agent: false, headers: { 'Last-Event-ID': stream.lastEventId } });
        const broken = once(resumed, 'error');
        resumed.end();
        await holding.opened;
        expect(opened[0]?.isOpen).toBe(true);
        resumed.destroy(new Error('the client disconnects'));
        await broken;
        await held.opened;
        await expect.poll(() => opened[0]?.isOpen).toBe(false);
    });
}
