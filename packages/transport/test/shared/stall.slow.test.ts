import { call, createPusher, openMcp, redisPath, runRedis } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { onRedis, serveProcesses } from './serve-processes.ts';

test.skipIf(!redisPath)(
    'a process that stood still for longer than its lease breaks off the responses of POSTs, and keeps their streams',
    async () => {
        await using redis = await runRedis();
        const pusher = createPusher();
        await using processes = await serveProcesses(
            1,
            onRedis(() => redis),
            { createServer: pusher.createServer }
        );
        await using client = await openMcp(processes[0]?.mcpUrl ?? '');
        const { events } = await client.post(call(1, 'slow'));
        await expect.poll(() => pusher.replies.length).toBe(1);
        // Nothing in this process runs meanwhile, as after SIGSTOP.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
        await events?.ended;
        expect(events?.messages()).toEqual([]);
        const again = await client.open(events?.lastEventId);
        await pusher.replies[0]?.({ ran: 'once' });
        expect(await again.findReply(1)).toMatchObject({ result: { ran: 'once' } });
    }
);
