import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { isForRedis, listScripts } from './list-scripts.ts';

proves(['redis.unset'], 'a server without REDIS_URL loads no module for Redis', async () => {
    const { scripts } = await listScripts({});
    expect(scripts.length).toBeGreaterThan(100);
    expect(scripts.filter(isForRedis)).toEqual([]);
});
