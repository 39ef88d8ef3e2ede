import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type RedisProcess, startServer, startTcpProxy, type TcpProxy, type TestServer } from '@calc/test-helpers';

/** A server that is like a process of its own, with a way to Redis that a test can cut. */
export interface Member extends TestServer {
    readonly redis: TcpProxy;
    /** The same, and removes its way to Redis. */
    [Symbol.asyncDispose](): Promise<void>;
}

export async function startMember(
    { port }: RedisProcess,
    database: number,
    env: Record<string, string> = {},
    overrides = {}
): Promise<Member> {
    const redis = await startTcpProxy(port);
    const REDIS_URL = `redis://127.0.0.1:${redis.port}/${database}`;
    const server = await startServer({ REDIS_URL, ...env }, overrides);
    return {
        ...server,
        redis,
        async [Symbol.asyncDispose]() {
            await server.close();
            await redis[Symbol.asyncDispose]();
        }
    };
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
