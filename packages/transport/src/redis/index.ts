export { createRedisBroker } from './redis-broker.ts';
export type { RedisBrokerOptions } from './options.ts';
