import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type Overrides, parseConfig, startServer } from '@calc/sse-server';
import { type RedisProcess, send, startTcpProxy, type TcpProxy, type TestServer } from '@calc/test-helpers';
import { expect } from 'vitest';

/** Starts a server in this process, which is for Redis like a process of its own. */
export async function startWithRedis(
    redis: { port: number },
    database: number,
    env: Record<string, string> = {},
    overrides: Overrides = {}
): Promise<TestServer> {
    const REDIS_URL = `redis://127.0.0.1:${redis.port}/${database}`;
    const usual = { PORT: '0', SHUTDOWN_TIMEOUT_MS: '0', LOG_LEVEL: 'silent' };
    const server = await startServer(parseConfig({ ...usual, REDIS_URL, ...env }), overrides);
    return { ...server, sseUrl: `${server.url}/sse`, mcpUrl: `${server.url}/mcp` };
}

/** A server with a way to Redis that a test can cut. */
export interface Member extends TestServer {
    readonly redis: TcpProxy;
}

export async function startMember(
    { port }: RedisProcess,
    database: number,
    env: Record<string, string> = {}
): Promise<Member> {
    const redis = await startTcpProxy(port);
    const server = await startWithRedis(redis, database, env);
    return {
        ...server,
        redis,
        async [Symbol.asyncDispose]() {
            await server.close();
            await redis[Symbol.asyncDispose]();
        }
    };
}

/** Cuts a process off from Redis, and waits until it has noticed. */
export async function cutOff({ redis, url }: Member): Promise<void> {
    redis.cut();
    await expect.poll(async () => (await send(`${url}/ready`)).status).toBe(503);
}

/** Passes each connection to the next of these servers in turn. */
export async function startRoundRobin(servers: readonly TestServer[]): Promise<{ url: string } & AsyncDisposable> {
    let turn = 0;
    const balancer = createServer(near => {
        const { port } = new URL(servers[turn++ % servers.length]?.url ?? '');
        const far = connect(Number(port), '127.0.0.1');
        for (const [one, other] of [
            [near, far],
            [far, near]
        ] as const) {
            one.on('error', () => {}).on('close', () => other.destroy());
            one.pipe(other);
        }
    });
    await once(balancer.listen(0, '127.0.0.1'), 'listening');
    return {
        url: `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`,
        async [Symbol.asyncDispose]() {
            await new Promise(resolve => balancer.close(resolve));
        }
    };
}
