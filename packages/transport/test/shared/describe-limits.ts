import { call, createPusher, createServer, openStream } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** One session does not keep a process from the others. */
export function describeLimits(brokers: MakeBrokers): void {
    test('when the owner of many sessions is gone, the holder of their streams claims a few at a time', async () => {
        let [hasCrashed, claiming, most] = [false, 0, 0];
        await using processes = await serveProcesses(2, brokers, {
            createServer,
            change: (broker, number) => ({
                async claim(sessionId) {
                    if (number === 0 || !hasCrashed) return broker.claim(sessionId);
                    most = Math.max(most, ++claiming);
                    const claim = await broker.claim(sessionId);
                    claiming--;
                    return claim;
                }
            })
        });
        const [first, second] = processes;
        const count = 50;
        for (let opened = 0; opened < count; opened++) {
            const stream = await openStream(first?.sseUrl ?? '');
            await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': stream.lastEventId });
        }
        hasCrashed = true;
        await first?.crash();
        await expect.poll(() => second?.sessions.size).toBe(count);
        expect(most).toBeLessThanOrEqual(20);
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
