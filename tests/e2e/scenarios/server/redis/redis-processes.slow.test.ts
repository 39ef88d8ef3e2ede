import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import {
    hasOpenssl,
    makeCertificate,
    openStream,
    redisPath,
    runNode,
    runRedis,
    send,
    serverMain
} from '@calc/test-helpers';
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

describe.skipIf(!redisPath || !hasOpenssl)('Redis by TLS', () => {
    proves(['redis.ready'], 'NODE_EXTRA_CA_CERTS is trusted, and without it /ready says why not', async () => {
        const folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
        const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
        await makeCertificate(cert, key);
        await using redis = await runRedis();
        const tls = createServer({ cert: await readFile(cert), key: await readFile(key) }, near => {
            const far = connect(redis.port, '127.0.0.1');
            for (const socket of [near, far]) socket.on('error', () => {});
            near.pipe(far).pipe(near);
        });
        await new Promise<void>(resolve => tls.listen(0, '127.0.0.1', resolve));
        const url = `rediss://localhost:${(tls.address() as AddressInfo).port}`;
        const readiness = async (env: Record<string, string>) => {
            await using server = runNode(serverMain, [], { PORT: '0', REDIS_URL: url, ...env });
            const [, address = ''] = await server.printed(/^HTTP\+SSE +(http\S+)\/sse$/m);
            const { status, body } = await send(`${address}/ready`);
            return [status, body];
        };
        expect(await readiness({ NODE_EXTRA_CA_CERTS: cert })).toEqual([200, '{"status":"ready"}']);
        expect(await readiness({})).toEqual([503, expect.stringMatching(/redis-unavailable.*self-signed certificate/)]);
        tls.close();
        await rm(folder, { recursive: true });
    });
});
