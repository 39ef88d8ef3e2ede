import { nginxPath, openStream, redisPath, runRedis, send, startServer, type TestServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { compose } from './files.ts';
import { openSite } from './nginx-site.ts';

const { BASE_PATH, TRUST_PROXY } = compose.server.environment;
const streamsOf = async ({ url }: TestServer) => JSON.parse((await send(`${url}/health`)).body).connections;

test.skipIf(!nginxPath || !redisPath)(
    'behind nginx: three servers with Redis get requests in turn, and two continue the sessions of the third',
    async () => {
        await using redis = await runRedis();
        const REDIS_URL = redis.url;
        const start = () => startServer({ BASE_PATH, TRUST_PROXY, REDIS_URL, HEARTBEAT_MS: '1000000000' });
        const others = [await start(), await start()];
        await using site = await openSite({ REDIS_URL }, configuration =>
            configuration.replace(/server 127\.0\.0\.1:\d+;/, one => {
                const more = others.map(({ url }) => `server ${new URL(url).host};`);
                return [one, ...more].join('\n');
            })
        );
        const streams = [];
        for (let count = 0; count < 3; count++) streams.push(await openStream(`${site.url}/sse`));
        const servers = [site.server, ...others];
        expect(await Promise.all(servers.map(streamsOf))).toEqual([1, 1, 1]);
        for (const stream of streams) {
            await stream.initialize();
            for (let id = 1; id <= 4; id++) expect(await stream.request(id, 'ping')).toMatchObject({ id, result: {} });
        }

        // Its streams end, and nginx finds no server at its address.
        await site.server.close();
        const dropped = await Promise.race(streams.map(async stream => stream.ended.then(() => stream)));
        await using resumed = await dropped.resume();
        expect(resumed.sessionId).toBe(dropped.sessionId);
        for (const stream of [resumed, ...streams.filter(stream => stream !== dropped)]) {
            for (let id = 5; id <= 8; id++) expect(await stream.request(id, 'ping')).toMatchObject({ id, result: {} });
            await stream[Symbol.asyncDispose]();
        }
        for (const server of others) await server.close();
    }
);
