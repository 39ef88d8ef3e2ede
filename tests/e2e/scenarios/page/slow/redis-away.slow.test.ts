import { openTunnel, redisPath, runRedis } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { describe, expect } from 'vitest';
import { add, connected } from '../../../helpers/demo-page.ts';
import { cutOff, startMember } from '../../server/redis/two-processes.ts';
import { MCP_AUTH_TOKEN, openPage, signIn, status } from './sign-in-form.ts';

describe.skipIf(!redisPath)('with REDIS_URL', () => {
    proves(
        ['redis.away', 'redis.sign-in-waits'],
        'a page that signed in continues its session after Redis was away',
        async () => {
            await using redis = await runRedis();
            await using server = await startMember(redis, 0, { MCP_AUTH_TOKEN });
            await using tunnel = await openTunnel(server.url);
            const { page } = await openPage(tunnel.url);
            await signIn(page);
            const session = await connected(page);
            await add(page, 2, 3);

            await cutOff(server);
            const answered = page.waitForResponse(response => response.url().endsWith('/sse'));
            tunnel.cut();
            expect((await answered).status()).toBe(200);
            server.redis.restore();
            await status(page, /resumed/i).waitFor();
            expect(await connected(page)).toBe(session);
            await add(page, 20, 30);
            await page.close();
        }
    );
});
