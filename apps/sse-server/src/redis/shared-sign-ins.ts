import type { RedisBroker } from '@calc/transport/redis';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { MAX_SIGN_INS, SIGN_IN_MS, type SignIns, SignInsUnavailable } from '../access/sign-ins.ts';
import type { Tokens } from '../access/tokens.ts';
import { toDigest } from './digest.ts';
import { createSignInSecrets } from './sign-in-secrets.ts';

/** Adds a sign-in, removes those that have expired or are too many, and lets the key expire with its newest sign-in. */
const ADD = `
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
`;

/**
 * Sign-ins that every process knows. Redis has one sorted set for each token, under the token's digest: the digests of the
 * secrets in the cookies, by the time at which they expire. Redis is asked only for secrets that a configured token made
 * and that have not expired, so `SignInsUnavailable` says that the secret is one of these.
 */
export function createSharedSignIns(send: RedisBroker['send'], tokens: Tokens, now: () => Date): SignIns {
    const clients = tokens.clients.map(toClient);
    const run = async (...command: string[]) => {
        try {
            return await send(command);
        } catch (error) {
            throw new SignInsUnavailable('Redis did not run a command for a sign-in', { cause: error });
        }
    };
    /** The client for whose token a secret was made, if it has not expired. */
    const clientOf = (secret: string) => {
        const time = now().getTime();
        return clients.find(({ secrets }) => (secrets.expiryOf(secret) ?? 0) > time);
    };
    return {
        async add(auth) {
            const { key, secrets } = toClient(auth);
            const time = now().getTime();
            const until = time + SIGN_IN_MS;
            const secret = secrets.make(until);
            const values = [until, toDigest(secret), time, MAX_SIGN_INS, SIGN_IN_MS];
            await run('EVAL', ADD, '1', key, ...values.map(String));
            return secret;
        },
        async find(secret) {
            const client = clientOf(secret);
            if (!client) return undefined;
            const until = await run('ZSCORE', client.key, toDigest(secret));
            return until === null ? undefined : client.auth;
        },
        async remove(secret) {
            const client = clientOf(secret);
            if (client) await run('ZREM', client.key, toDigest(secret));
        }
    };
}

function toClient(auth: AuthInfo) {
    const { token } = auth;
    return { auth, key: `calc:sign-ins:${toDigest(token)}`, secrets: createSignInSecrets(token) };
}
