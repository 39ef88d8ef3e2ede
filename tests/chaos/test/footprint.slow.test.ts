import { randomUUID } from 'node:crypto';
import { redisPath, runRedis } from '@calc/test-helpers';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { countLeft } from '../src/promises/footprint.ts';

test.skipIf(!redisPath)(
    'keys of ended sessions are counted in a Redis that was restarted, and not if it is away',
    async () => {
        await using redis = await runRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
        const id = randomUUID();
        const client = await createClient({ url: redis.url })
            .on('error', () => {})
            .connect();
        await client.set(`calc:{${id}}`, 'left');
        await client.set(`calc:{${randomUUID()}}`, 'of another session');
        client.destroy();
        await redis.kill();
        await expect(countLeft({ redis }, [id], 0)).rejects.toThrow('ECONNREFUSED');
        await redis.start();
        expect(await countLeft({ redis }, [id], 0)).toBe(1);
    }
);
