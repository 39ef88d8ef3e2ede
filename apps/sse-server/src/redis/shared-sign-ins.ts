import type { RedisBroker } from '@calc/transport/redis';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { MAX_SIGN_INS, makeSecret, SIGN_IN_MS, type SignIns, SignInsUnavailable } from '../access/sign-ins.ts';
import type { Tokens } from '../access/tokens.ts';
import { toDigest } from './digest.ts';

/** Adds a sign-in, removes those that have expired or are too many, and lets the key expire with its newest sign-in. */
const ADD = `
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
`;

/**
 * Sign-ins that every process knows. Redis has one sorted set for each token, under the token's digest: the digests of the
 * secrets in the cookies, by the time at which they expire.
 */
export function createSharedSignIns(send: RedisBroker['send'], tokens: Tokens, now: () => Date): SignIns {
    const clients = tokens.clients.map(auth => ({ auth, key: toKey(auth) }));
    const run = async (...command: string[]) => {
        try {
            return await send(command);
        } catch (error) {
            throw new SignInsUnavailable('Redis did not run a command for a sign-in', { cause: error });
        }
    };
    return {
        async add(auth) {
            const secret = makeSecret();
            const time = now().getTime();
            const values = [time + SIGN_IN_MS, toDigest(secret), time, MAX_SIGN_INS, SIGN_IN_MS];
            await run('EVAL', ADD, '1', toKey(auth), ...values.map(String));
            return secret;
        },
        async find(secret) {
            if (!isSecret(secret)) return undefined;
            const digest = toDigest(secret);
            const ends = await Promise.all(clients.map(({ key }) => run('ZSCORE', key, digest)));
            const time = now().getTime();
            return clients[ends.findIndex(end => end !== null && Number(end) > time)]?.auth;
        },
        async remove(secret) {
            if (!isSecret(secret)) return;
            const digest = toDigest(secret);
            await Promise.all(clients.map(({ key }) => run('ZREM', key, digest)));
        }
    };
}

function toKey({ token }: AuthInfo): string {
    return `calc:sign-ins:${toDigest(token)}`;
}

/** Whether a cookie may be one of this server: Redis need not be asked for others. */
function isSecret(text: string): boolean {
    return /^[\w-]{43}$/.test(text);
}
