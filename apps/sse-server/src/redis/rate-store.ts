import { hash } from 'node:crypto';
import type { RedisBroker } from '@calc/transport/redis';
import { MemoryStore, type Store } from 'express-rate-limit';
import { type RedisReply, RedisStore } from 'rate-limit-redis';
import { toDigest } from './digest.ts';

/**
 * Counts the requests of each client in Redis, for all processes. While Redis does not answer, this process counts in its
 * own memory: without any limit, clients could guess tokens.
 */
export function createRateStore(send: RedisBroker['send']): Store {
    const own = new MemoryStore();
    const shared = new RedisStore({
        prefix: 'calc:rate:',
        async sendCommand(...command) {
            const reply = send(command) as Promise<RedisReply>;
            if (command[0] !== 'SCRIPT') return reply;
            // The store keeps what `SCRIPT LOAD` replies, but no failure may last longer than the outage. The reply is the
            // digest of the script; if Redis does not know the script, the store loads it again.
            return reply.catch(() => hash('sha1', command[2] ?? ''));
        }
    });
    return {
        init(options) {
            own.init(options);
            return shared.init(options);
        },
        async increment(client) {
            try {
                return await shared.increment(toDigest(client));
            } catch {
                return own.increment(client);
            }
        },
        // The server counts every request, and never forgives one.
        decrement() {},
        resetKey() {}
    };
}
