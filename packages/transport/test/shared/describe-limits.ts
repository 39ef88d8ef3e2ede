import {
    call,
    createManualClock,
    createPusher,
    createRecorder,
    createServer,
    openStream
} from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** One session does not keep a process from the others. */
export function describeLimits(brokers: MakeBrokers): void {
    test.each(['crashes', 'drains'])('when the owner of many sessions %s, a few are claimed at a time', async how => {
        let [isGone, claiming, most] = [false, 0, 0];
        await using processes = await serveProcesses(2, brokers, {
            createServer,
            change: (broker, number) => ({
                async claim(sessionId) {
                    if (number === 0 || !isGone) return broker.claim(sessionId);
                    most = Math.max(most, ++claiming);
                    return broker.claim(sessionId).finally(() => claiming--);
                }
            })
        });
        const [first, second] = processes;
        const count = 50;
        for (let opened = 0; opened < count; opened++) {
            const stream = await openStream(first?.sseUrl ?? '');
            await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        }
        isGone = true;
        if (how === 'crashes') await first?.crash();
        else await first?.sessions.drain(60_000);
        await expect.poll(() => second?.sessions.size).toBe(count);
        expect(most).toBeLessThanOrEqual(20);
    });

    test('a server that is not ready in time fails, and its session does not keep others from being claimed', async () => {
        const { happened, observer } = createRecorder();
        const clock = createManualClock();
        let made = 0;
        await using processes = await serveProcesses(2, brokers, {
            observer,
            clock,
            createServer: session => (++made === 2 ? new Promise<never>(() => {}) : createServer(session))
        });
        const [first, second] = processes;
        const stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        const again = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await first?.crash();
        await expect.poll(() => made).toBe(2);
        clock.advance(10_000);
        await expect.poll(() => happened.filter(what => what.startsWith('failed'))).toHaveLength(1);
        await again.ended;
    });

    test('an initialize that is too large to be kept for the next owner gets an error', async () => {
        await using processes = await serveProcesses(1, brokers, { createServer });
        await using stream = await openStream(processes[0]?.sseUrl ?? '');
        const clientInfo = { name: 'x'.repeat(70_000), version: '1' };
        const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
        expect(await stream.request(1, 'initialize', params)).toMatchObject({
            error: { code: -32602, message: expect.stringContaining('at most 65536 bytes') }
        });
    });

    test('requests that wait for an owner and are large together all run', async () => {
        const pusher = createPusher();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            isRepeatable: () => true
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        const large = { arguments: { text: 'x'.repeat(700_000) } };
        for (const id of [1, 2, 3, 4]) await stream.post(call(id, 'slow', large));
        await expect.poll(() => pusher.replies.length).toBe(4);
        await first?.crash();
        await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        await expect.poll(() => pusher.replies.length).toBe(8);
    });
}
