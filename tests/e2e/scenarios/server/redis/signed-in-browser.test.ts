import { monitorRedis, openStream, openTunnel, type RedisProcess, redisPath, runRedis, send } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUnauthorized, JSON_TYPE } from '../../../helpers/credentials.ts';
import { openEventSource, readWaiting, signIn } from './browser.ts';
import { cutOff, startMember, startWithRedis } from './two-processes.ts';

const TOKENS = ['first-secret', 'second-secret'] as const;
const env = { MCP_AUTH_TOKEN: TOKENS.join(','), HEARTBEAT_MS: '20', RETRY_MS: '100' };
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

/** A waiting stream has heartbeats, and at its end when to come back. */
const NO_EVENTS = /^(: keepalive\n\n)+retry: \d+\n: .+\n\n$/;

/** How often Redis was asked for a sign-in. */
const countAsked = ({ commands }: { commands: string }) => commands.match(/"zscore" "calc:sign-ins:/gi)?.length ?? 0;

describe.skipIf(!redisPath)('a browser that signed in, with REDIS_URL', () => {
    let redis: RedisProcess;
    beforeAll(async () => {
        redis = await runRedis();
    });
    afterAll(() => redis?.[Symbol.asyncDispose]());

    proves(
        ['redis.away', 'redis.sign-in-waits'],
        'while Redis is away, an EventSource that reconnects with a cookie waits, and continues its session',
        async () => {
            await using server = await startMember(redis, 1, env);
            await using tunnel = await openTunnel(server.url);
            const cookie = await signIn(server, TOKENS[0]);
            using browser = openEventSource(tunnel, cookie);
            const { source, statuses, endpoints } = browser;
            await expect.poll(() => endpoints).toHaveLength(1);
            await cutOff(server);
            tunnel.cut();
            await expect.poll(() => statuses).toEqual([200, 200]);
            const message = { method: 'POST', headers: { ...cookie, ...JSON_TYPE }, body: PING };
            const refused = [
                await send(server.sseUrl, { headers: cookie }),
                await send(server.sseUrl, { method: 'HEAD', headers: { ...cookie, 'Last-Event-ID': 'x' } }),
                await send(server.mcpUrl, { headers: { ...cookie, 'Last-Event-ID': 'x' } }),
                await send(`${server.url}${endpoints[0]}`, message),
                await send(`${server.url}/login`, { headers: cookie })
            ];
            for (const { status, headers } of refused) expect([status, headers['retry-after']]).toEqual([503, '1']);

            server.redis.restore();
            await expect.poll(() => endpoints).toHaveLength(2);
            expect(endpoints[1]).toBe(endpoints[0]);
            expect(statuses).toEqual([200, 200, 200]);
            const replied = new Promise(resolve => source.addEventListener('message', resolve));
            expect((await send(`${server.url}${endpoints[0]}`, message)).status).toBe(202);
            await replied;
        }
    );

    proves(
        ['redis.away', 'redis.sign-in-waits'],
        'a browser that signed out while its stream waited gets no event, and 401 when it comes back',
        async () => {
            await using first = await startMember(redis, 2, env);
            await using second = await startMember(redis, 2, env);
            const cookie = await signIn(first, TOKENS[0]);
            const stream = await openStream(first.sseUrl, cookie);
            stream.cut();
            await stream.ended;
            const post = { method: 'POST', headers: { ...cookie, ...JSON_TYPE }, body: PING };
            expect((await send(`${second.url}/messages${stream.endpoint.search}`, post)).status).toBe(202);
            await cutOff(first);
            const resuming = { ...cookie, 'Last-Event-ID': stream.lastEventId };
            const text = await readWaiting(first, resuming, async () => {
                const answer = await send(`${second.url}/logout`, { method: 'POST', headers: cookie });
                expect(answer.status).toBe(204);
                first.redis.restore();
            });
            expect(text).toMatch(NO_EVENTS);
            expectUnauthorized(await send(first.sseUrl, { headers: resuming }), 'signed out');
        }
    );

    proves(
        ['redis.stop', 'redis.sign-in-waits'],
        'at most MAX_SESSIONS streams wait, and a process that stops ends them',
        async () => {
            const server = await startMember(redis, 3, { ...env, MAX_SESSIONS: '1' });
            const resuming = { ...(await signIn(server, TOKENS[0])), 'Last-Event-ID': 'x' };
            await cutOff(server);
            let closed: PromiseLike<void> | undefined;
            const text = await readWaiting(server, resuming, async () => {
                expect((await send(server.sseUrl, { headers: resuming })).status).toBe(503);
                closed = server[Symbol.asyncDispose]();
            });
            expect(text).toMatch(NO_EVENTS);
            await closed;
        }
    );

    proves(
        ['redis.sign-in-genuine'],
        'a cookie that was forged, has expired or is of a token that was removed is 401, and Redis is not asked',
        async () => {
            await using server = await startMember(redis, 4, env);
            const { Cookie: genuine } = await signIn(server, TOKENS[0]);
            await using elsewhere = await startWithRedis(redis, 4, { ...env, MCP_AUTH_TOKEN: 'third-secret' });
            const { Cookie: foreign } = await signIn(elsewhere, 'third-secret');
            await using before = await startWithRedis(redis, 4, env, { now: () => new Date(Date.now() - 43_201_000) });
            const { Cookie: expired } = await signIn(before, TOKENS[0]);
            const changed = [0, 10, 29, 31, 37, 38, 79].map(index => {
                const at = 'calc_sign_in='.length + index;
                return `${genuine.slice(0, at)}${genuine[at] === 'A' ? 'B' : 'A'}${genuine.slice(at + 1)}`;
            });
            const name = 'calc_sign_in=';
            const forged = [
                `${genuine}A`,
                genuine.slice(0, -1),
                `${name}${'A'.repeat(80)}`,
                `${name}${'A'.repeat(43)}`
            ];
            using monitor = await monitorRedis(redis.port);
            const refuseAll = async () => {
                for (const Cookie of [foreign, expired, ...changed, ...forged]) {
                    const headers = { Cookie, 'Last-Event-ID': 'x' };
                    expectUnauthorized(await send(server.sseUrl, { headers }), Cookie);
                }
            };
            await refuseAll();
            expect(countAsked(monitor)).toBe(0);
            await using session = await openStream(server.sseUrl, { Cookie: genuine });
            expect(countAsked(monitor)).toBe(1);
            await cutOff(server);
            await refuseAll();
            session.cut();
        }
    );
});
