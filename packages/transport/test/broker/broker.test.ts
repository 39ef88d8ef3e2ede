import { describeBroker } from './describe/broker.ts';
import { makeMemoryHub } from './test-hub.ts';

// broker-on-redis.slow.test.ts does the same on Redis.
describeBroker('a broker in memory', makeMemoryHub);
