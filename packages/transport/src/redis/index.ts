export type { RedisBrokerOptions } from './options.ts';
export { createRedisBroker, type RedisBroker } from './redis-broker.ts';
