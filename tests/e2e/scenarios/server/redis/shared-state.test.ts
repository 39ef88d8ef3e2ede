import {
    monitorRedis,
    openStream,
    type RedisProcess,
    redisPath,
    runRedis,
    send,
    startTcpProxy,
    type TcpProxy,
    type TestServer
} from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { bearer, expectUnauthorized, JSON_TYPE } from '../../../helpers/credentials.ts';
import { signIn } from './browser.ts';
import { isForRedis, listScripts } from './list-scripts.ts';
import { startWithRedis } from './two-processes.ts';

const TOKENS = ['first-secret', 'second-secret'] as const;

let redis: RedisProcess;
let proxy: TcpProxy;

/** Servers of one test share a database. */
const start = (database: number, env: Record<string, string> = {}, overrides = {}): Promise<TestServer> =>
    startWithRedis(proxy, database, { MCP_AUTH_TOKEN: TOKENS.join(','), ...env }, overrides);
const head = async (server: TestServer, headers: Record<string, string>) =>
    (await send(server.sseUrl, { method: 'HEAD', headers })).status;
const ready = async ({ url }: TestServer) => {
    const { status, body } = await send(`${url}/ready`);
    return [status, JSON.parse(body)];
};

proves(['redis.unset'], 'a server without REDIS_URL loads no module for Redis', async () => {
    const { scripts } = await listScripts({});
    expect(scripts.length).toBeGreaterThan(100);
    expect(scripts.filter(isForRedis)).toEqual([]);
});

describe.skipIf(!redisPath)('two processes with REDIS_URL', () => {
    beforeAll(async () => {
        redis = await runRedis();
        proxy = await startTcpProxy(redis.port);
    });
    afterAll(async () => {
        await proxy?.[Symbol.asyncDispose]();
        await redis?.[Symbol.asyncDispose]();
    });

    proves(['redis.sign-in'], 'a browser signs in at one process, and signs out of all at another', async () => {
        await using first = await start(1);
        await using second = await start(1);
        const cookie = await signIn(first, TOKENS[1]);
        expect([await head(first, cookie), await head(second, cookie)]).toEqual([200, 200]);
        const { body } = await send(`${second.url}/login`, { headers: cookie });
        expect(JSON.parse(body)).toEqual({ tokenWanted: true, signedIn: true });
        // Tokens are found by their digests, whatever their order.
        await using reordered = await start(1, { MCP_AUTH_TOKEN: `third-secret,${TOKENS[1]}` });
        expect(await head(reordered, cookie)).toBe(200);
        await using other = await start(1, { MCP_AUTH_TOKEN: TOKENS[0] });
        expectUnauthorized(await send(other.sseUrl, { headers: cookie }), 'its token is not valid any more');
        await using later = await start(1, {}, { now: () => new Date(Date.now() + 12 * 60 * 60 * 1000) });
        expectUnauthorized(await send(later.sseUrl, { headers: cookie }), 'twelve hours later');

        await send(`${second.url}/logout`, { method: 'POST', headers: cookie });
        for (const server of [first, second]) expectUnauthorized(await send(server.sseUrl, { headers: cookie }), 'out');
    });

    proves(
        ['redis.limits'],
        'RATE_LIMIT counts the requests at all processes, and each alone while Redis is away',
        async () => {
            const limits = { RATE_LIMIT: '3/hour', MCP_AUTH_TOKEN: 'limited,other' };
            await using first = await start(2, limits);
            await using second = await start(2, limits);
            const client = bearer('limited');
            const statuses = [];
            for (const server of [first, second, first, second, first]) statuses.push(await head(server, client));
            expect(statuses).toEqual([200, 200, 200, 429, 429]);
            expect(await head(first, bearer('other'))).toBe(200);

            proxy.cut();
            const alone = [];
            for (const server of [first, first, first, first, second]) alone.push(await head(server, client));
            expect(alone).toEqual([200, 200, 200, 429, 200]);
            proxy.restore();
            await expect.poll(() => ready(second)).toEqual([200, { status: 'ready' }]);
            expect(await head(second, client)).toBe(429);
        }
    );

    proves(
        ['redis.ready', 'redis.sign-in'],
        'GET /ready says that Redis is away, and is 200 when it is back',
        async () => {
            await using server = await start(3);
            expect(await ready(server)).toEqual([200, { status: 'ready' }]);
            const cookie = await signIn(server, TOKENS[0]);
            const metrics = async () => (await send(`${server.url}/metrics`, { headers: bearer(TOKENS[0]) })).body;
            expect(await metrics()).toMatch(/^mcp_redis_available 1$/m);

            proxy.cut();
            const away = [503, { status: 'redis-unavailable', reason: expect.stringMatching(/^Redis /) }];
            await expect.poll(() => ready(server)).toEqual(away);
            await using late = await start(3);
            expect(await ready(late)).toEqual(away);
            for (const { url } of [server, late]) expect((await send(`${url}/health`)).status).toBe(200);
            expect(await metrics()).toMatch(/^mcp_redis_available 0$/m);
            const answer = await send(server.sseUrl, { method: 'HEAD', headers: cookie });
            expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);

            proxy.restore();
            for (const one of [server, late]) await expect.poll(() => ready(one)).toEqual([200, { status: 'ready' }]);
            expect([await head(server, cookie), await head(late, cookie)]).toEqual([200, 200]);
            expect(await metrics()).toMatch(/^mcp_redis_commands_rejected_total [1-9]/m);
        }
    );

    proves(['redis.secrets', 'redis.connections'], 'Redis gets digests of tokens and cookies only', async () => {
        using monitor = await monitorRedis(redis.port);
        {
            await using first = await start(4);
            await using second = await start(4);
            const cookie = await signIn(first, TOKENS[0]);
            expect(await head(second, cookie)).toBe(200);
            expect(await head(second, bearer(TOKENS[1]))).toBe(200);
            await using stream = await openStream(first.sseUrl, bearer(TOKENS[0]));
            const session = { ...bearer(TOKENS[0]), ...JSON_TYPE };
            const post = { method: 'POST', headers: session, body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' };
            const { search } = stream.endpoint;
            expect((await send(`${second.url}/messages${search}`, post)).status).toBe(202);
            await stream.findReply(1);
            expect(proxy.open).toBeLessThanOrEqual(4);
            for (const secret of [...TOKENS, cookie.Cookie.split('=')[1] as string]) {
                expect(monitor.commands.includes(secret), secret).toBe(false);
            }
            expect(monitor.commands).toMatch(/calc:sign-ins:/);
            expect(monitor.commands).toMatch(/calc:rate:/);
        }
        await expect.poll(() => proxy.open).toBe(0);
    });
});
