export type { RedisBrokerOptions } from './options.ts';
export { createRedisBroker } from './redis-broker.ts';
