import { call, createPusher, openMcp, openStream, redisPath, runRedis, startTcpProxy } from '@calc/test-helpers/wire';
import { defaultLimits } from '@calc/transport/server';
import { toBrokerLimits } from '@calc/transport/shared';
import { expect, test } from 'vitest';
import { createRedisBroker } from '../../src/redis/index.ts';
import { connectAdmin } from '../broker/test-hub.ts';
import { serveProcesses } from './serve-processes.ts';

test.skipIf(!redisPath)(
    'streams and calls outlive a Redis that is away until the wakes of a process are gone',
    async () => {
        await using redis = await runRedis();
        await using proxy = await startTcpProxy(redis.port);
        const url = `redis://127.0.0.1:${proxy.port}`;
        const pusher = createPusher();
        const makeBroker = async () => ({
            broker: await createRedisBroker({ url, limits: toBrokerLimits(defaultLimits), leaseMs: 500 }),
            stop: () => {}
        });
        const losses: string[] = [];
        await using processes = await serveProcesses(1, () => makeBroker, {
            createServer: pusher.createServer,
            isRepeatable: () => false,
            change: broker => ({
                onLost: listener =>
                    broker.onLost(loss => {
                        losses.push(loss);
                        listener(loss);
                    })
            })
        });
        const [process] = processes;
        await using stream = await openStream(process?.sseUrl ?? '');
        await stream.initialize();
        await stream.post(call(1, 'slow'));
        await using client = await openMcp(process?.mcpUrl ?? '');
        const { events } = await client.post(call(2, 'slow'));
        await expect.poll(() => pusher.replies.length).toBe(2);
        proxy.cut();
        // The wakes live for ten leases.
        using admin = await connectAdmin(redis.url);
        await expect.poll(() => admin.keys('*:wake:*'), { timeout: 30_000 }).toEqual([]);
        // One is answered while Redis is away, the other one after that.
        const answered = pusher.replies[0]?.({ ran: 'once' });
        proxy.restore();
        await expect.poll(() => losses).toEqual(['wakes']);
        await pusher.replies[1]?.({ ran: 'once' });
        await answered;
        expect(await stream.findReply(1)).toMatchObject({ result: { ran: 'once' } });
        expect(await events?.findReply(2)).toMatchObject({ result: { ran: 'once' } });
    }
);
