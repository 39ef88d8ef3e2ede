import { call, createGate, createPusher, createRecorder, createServer, openStream } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { BrokerUnavailable } from '../../src/broker/broker.ts';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** What becomes of what is on its way when a process begins to drain. */
export function describeDrain(brokers: MakeBrokers): void {
    test('a call that was accepted while draining began is run', async () => {
        const pusher = createPusher();
        const { observer, happened } = createRecorder();
        const [accepted, drainBegan] = [createGate(), createGate()];
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            observer,
            isRepeatable: () => false,
            change: (broker, number) => ({
                async accept(...post) {
                    const acceptance = await broker.accept(...post);
                    if (number === 1 || !JSON.stringify(post).includes('late')) return acceptance;
                    accepted.open();
                    await drainBegan.opened;
                    return acceptance;
                }
            })
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        const posted = stream.post(call(1, 'late'));
        await accepted.opened;
        const drained = first?.sessions.drain(60_000);
        drainBegan.open();
        expect((await posted).status).toBe(202);
        await expect.poll(() => pusher.replies.length).toBe(1);
        await pusher.replies[0]?.({ ran: 'once' });
        await stream.ended;
        await using again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        expect(await again.findReply(1)).toMatchObject({ result: { ran: 'once' } });
        await drained;
        expect(happened).toContain('closed handed-over');
    });

    test('a session whose claim is on its way when draining begins runs at the next process only', async () => {
        const pusher = createPusher();
        const [claimed, drainBegan, drained] = [createGate(), createGate(), createGate()];
        /** The numbers of the processes that released the session. */
        const released: number[] = [];
        await using processes = await serveProcesses(3, brokers, {
            createServer: pusher.createServer,
            isRepeatable: () => false,
            change: (broker, number) => ({
                async claim(sessionId) {
                    if (number === 2) await drained.opened;
                    const claim = await broker.claim(sessionId);
                    if (number === 2 || !claim) return claim;
                    claimed.open();
                    await drainBegan.opened;
                    return claim;
                },
                async release(...session) {
                    await broker.release(...session);
                    released.push(number);
                }
            })
        });
        const [first, second, third] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        await first?.crash();
        await stream.ended;
        await using meanwhile = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await claimed.opened;
        expect((await meanwhile.post(call(1, 'write'))).status).toBe(202);
        const draining = second?.sessions.drain(60_000).then(() => [...released]);
        // A drain that did not wait for the claim would end now.
        for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
        drainBegan.open();
        expect(await draining).toEqual([1]);
        expect([pusher.replies.length, second?.sessions.size]).toEqual([0, 0]);
        drained.open();
        await using again = await openStream(third?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await expect.poll(() => pusher.replies.length).toBe(1);
        await pusher.replies[0]?.({ ran: 'once' });
        expect(await again.findReply(1)).toMatchObject({ result: { ran: 'once' } });
    });

    test('a client that waits for the broker is told to come back elsewhere when its process stops', async () => {
        let isAway = false;
        await using processes = await serveProcesses(1, brokers, {
            createServer,
            change: broker => ({
                async find(...session) {
                    if (isAway) throw new BrokerUnavailable('away');
                    return await broker.find(...session);
                }
            })
        });
        const [process] = processes;
        await using stream = await openStream(process?.sseUrl ?? '');
        await stream.initialize();
        stream.cut();
        await stream.ended;
        isAway = true;
        const waiting = await fetch(process?.sseUrl ?? '', { headers: { 'Last-Event-ID': stream.lastEventId } });
        await process?.sessions.drain(60_000);
        expect(await waiting.text()).toMatch(/^retry: \d+$/m);
    });
}
