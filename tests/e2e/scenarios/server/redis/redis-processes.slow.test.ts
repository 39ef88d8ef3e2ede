import { openStream, redisPath, runRedis, send } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { describe, expect } from 'vitest';
import { runWorkers } from '../workers/run-workers.ts';
import { isForRedis, listScripts } from './list-scripts.ts';

proves(
    ['redis.unset', 'redis.ready'],
    'a server whose Redis does not answer starts, and loads the modules',
    async () => {
        // Nothing listens on the port of discarded messages.
        const { scripts, stderr } = await listScripts({ REDIS_URL: 'redis://calc:hunter2@127.0.0.1:9' });
        expect(scripts.filter(isForRedis).length).toBeGreaterThan(20);
        expect(stderr).toMatch(/"reason":"Redis is not available: connect ECONNREFUSED 127.0.0.1:9"/);
        expect(stderr).not.toMatch('hunter2');
    }
);

describe.skipIf(!redisPath)('--workers with Redis', () => {
    proves(
        ['redis.takeover', 'redis.limits', 'workers.totals'],
        'a session survives its worker, and MAX_SESSIONS is not divided',
        async () => {
            await using redis = await runRedis();
            const env = { REDIS_URL: redis.url, MAX_SESSIONS: '3', LOG_LEVEL: 'info' };
            await using server = await runWorkers(2, env);
            const streams = [];
            for (let count = 0; count < 3; count++) streams.push(await openStream(`${server.url}/sse`));
            expect((await send(`${server.url}/sse`)).status).toBe(503);
            const { connections } = JSON.parse((await send(`${server.url}/health`)).body);
            expect(connections).toBe(3);
            for (const stream of streams) await stream.initialize();

            process.kill(server.pidOf(1), 'SIGKILL');
            await server.logged(/a worker has ended, and others continue its sessions/);
            for (const [index, stream] of streams.entries()) {
                stream.cut();
                await using resumed = await stream.resume();
                expect(resumed.sessionId).toBe(stream.sessionId);
                await resumed.request(index, 'ping');
            }
        }
    );
});
