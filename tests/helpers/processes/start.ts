import { type Config, ConfigError, type Overrides, parseConfig } from '@calc/sse-server';
import { TestRunner } from 'vitest';
import { type HostProcess, startHostProcess } from './host-process.ts';
import { startRoundRobin } from './round-robin.ts';
import { serveSums } from './sums.ts';

const PROCESSES = 3;
/** Databases of Redis for each worker of vitest. */
const DATABASES = 1000;

let hosts: Promise<readonly HostProcess[]> | undefined;
let started = 0;
let open = 0;

/** Starts the processes for all servers of this worker. Idempotent. */
export function startHosts(): Promise<readonly HostProcess[]> {
    hosts ??= Promise.all(Array.from({ length: PROCESSES }, startHostProcess));
    return hosts;
}

/** Number of servers in several processes that are open now. */
export const countOpen = () => open;

interface Options {
    /** One for all servers: each gets a database of its own. */
    redisUrl: string;
    env: Record<string, string>;
    /** What `env` says. */
    config: Config;
    overrides: Overrides;
}

/** Starts the server in three processes behind a round robin. A test whose overrides cannot leave its process is skipped. */
export async function startProcesses({ redisUrl, env, config, overrides }: Options) {
    const test = TestRunner.getCurrentTest();
    const replaced = Object.keys(overrides);
    if (replaced.length > 0) test?.context.skip(`replaces parts inside the process: ${replaced.join(', ')}`);
    const number = started++;
    const database = (Number(process.env.VITEST_POOL_ID) - 1) * DATABASES + (number % DATABASES);
    const own = { ...env, PORT: '0', REDIS_URL: `${redisUrl}/${database}` };
    try {
        parseConfig(own);
    } catch (error) {
        if (error instanceof ConfigError) test?.context.skip(error.message);
        throw error;
    }
    if (test) test.meta.isBehindProcesses = true;

    const processes = await startHosts();
    open++;
    const [first = '', ...others] = await Promise.all(processes.map(host => host.start(number, own)));
    const sums = await serveSums([first, ...others]);
    const { keepAliveMs, requestTimeoutMs, port } = config;
    const proxy = await startRoundRobin({
        port,
        servers: [first, ...others],
        sums: sums.url,
        keepAliveMs,
        requestTimeoutMs,
        tls: config.tls && { certificate: String(env.TLS_CERT), key: String(env.TLS_KEY) }
    });

    let closed: Promise<void> | undefined;
    const close = () => {
        closed ??= (async () => {
            await Promise.all(processes.map(host => host.close(number)));
            await proxy[Symbol.asyncDispose]();
            await sums[Symbol.asyncDispose]();
            open--;
        })();
        return closed;
    };
    return { url: proxy.url, close, [Symbol.asyncDispose]: close };
}

declare module 'vitest' {
    interface TaskMeta {
        /** Whether a server of three processes served the test. */
        isBehindProcesses?: boolean;
    }
}
