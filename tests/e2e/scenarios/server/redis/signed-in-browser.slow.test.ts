import { openTunnel, redisPath, runRedis, send } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { describe, expect } from 'vitest';
import { openEventSource, signIn } from './browser.ts';
import { startWithRedis } from './two-processes.ts';

const MCP_AUTH_TOKEN = 'a-secret';

describe.skipIf(!redisPath)('a browser that signed in, with REDIS_URL', () => {
    proves(
        ['redis.away', 'redis.sign-in-waits'],
        'after a restart of Redis a browser continues, and is signed out if Redis lost its data',
        async () => {
            await using redis = await runRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
            await using server = await startWithRedis(redis, 0, { MCP_AUTH_TOKEN, RETRY_MS: '100' });
            await using tunnel = await openTunnel(server.url);
            const cookie = await signIn(server, MCP_AUTH_TOKEN);
            using browser = openEventSource(tunnel, cookie);
            const { source, statuses, endpoints } = browser;
            await expect.poll(() => endpoints).toHaveLength(1);
            const ready = async () => (await send(`${server.url}/ready`)).status;
            const comeBackWithoutRedis = async (requests: number) => {
                await redis.kill();
                await expect.poll(ready).toBe(503);
                tunnel.cut();
                await expect.poll(() => statuses).toHaveLength(requests);
            };

            await comeBackWithoutRedis(2);
            await redis.start();
            await expect.poll(() => endpoints).toHaveLength(2);
            expect(endpoints[1]).toBe(endpoints[0]);
            const login = async () => JSON.parse((await send(`${server.url}/login`, { headers: cookie })).body);
            expect(await login()).toMatchObject({ signedIn: true });

            await comeBackWithoutRedis(4);
            await redis.removeData();
            await redis.start();
            await expect.poll(() => source.readyState).toBe(source.CLOSED);
            expect(statuses).toEqual([200, 200, 200, 200, 401]);
            expect(endpoints).toHaveLength(2);
            expect(await login()).toMatchObject({ signedIn: false });
        }
    );
});
