import { call, createPusher, openMcp, redisPath, runRedis } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { onRedis, serveProcesses } from './serve-processes.ts';

test.skipIf(!redisPath)(
    'a process that stood still for longer than its lease keeps the responses of POSTs that no other process holds',
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
        await pusher.replies[0]?.({ ran: 'once' });
        expect(await events?.findReply(1)).toMatchObject({ result: { ran: 'once' } });
    }
);
