import { setTimeout as delay } from 'node:timers/promises';
import { type JokeApi, runNode, runRedis, serverMain, startServer } from '@calc/test-helpers';

/** How long a server that restarts is away, in milliseconds. */
const DOWN_MS = 500;

/** The servers behind a gate. */
export interface Backend extends AsyncDisposable {
    /** Where requests go at first. */
    url: string;
    /** Ends what serves, and returns where requests go from now on, in turn. */
    fail(): Promise<readonly string[]>;
}

/** One server, which restarts without its sessions. */
export async function startAlone(jokes: JokeApi): Promise<Backend> {
    const start = () => startServer(jokes.env);
    let server = await start();
    return {
        url: server.url,
        async fail() {
            await server.close();
            await delay(DOWN_MS);
            server = await start();
            return [server.url];
        },
        [Symbol.asyncDispose]: () => server.close()
    };
}

/** Three processes with Redis. The first one serves, until it is killed. */
export async function startProcesses(jokes: JokeApi): Promise<Backend> {
    const redis = await runRedis();
    const env = { PORT: '0', REDIS_URL: redis.url, ...jokes.env };
    const processes = [1, 2, 3].map(() => runNode(serverMain, [], env));
    const printed = await Promise.all(processes.map(process => process.printed(/^HTTP\+SSE +(http\S+)\/sse$/m)));
    const [url = '', ...others] = printed.map(([, address = '']) => address);
    return {
        url,
        async fail() {
            processes[0]?.kill('SIGKILL');
            return others;
        },
        async [Symbol.asyncDispose]() {
            for (const process of processes) await process[Symbol.asyncDispose]();
            await redis[Symbol.asyncDispose]();
        }
    };
}
