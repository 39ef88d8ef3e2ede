import { createClient } from 'redis';
import type { Cluster } from '../cluster/cluster.ts';

/** What the probes ask Redis itself. */
export interface RedisAdmin extends AsyncDisposable {
    /** Commands that Redis has run, those within scripts included. */
    countCommands(): Promise<number>;
    /** Connections besides this one. */
    countConnections(): Promise<number>;
    /** Bytes that Redis uses for its data. */
    usedBytes(): Promise<number>;
    /** All keys. */
    keys(): Promise<string[]>;
    flush(): Promise<void>;
}

export async function connectAdmin({ redis }: Pick<Cluster, 'redis'>): Promise<RedisAdmin> {
    if (!redis) throw new Error('this system has no Redis');
    const client = createClient({ url: redis.url, socket: { reconnectStrategy: false } });
    client.on('error', () => {});
    await client.connect();
    return {
        async countCommands() {
            const stats = await client.info('commandstats');
            const calls = [...stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)];
            return calls.filter(([, name]) => name !== 'info').reduce((sum, [, , count]) => sum + Number(count), 0);
        },
        async countConnections() {
            const list = await client.sendCommand(['CLIENT', 'LIST']);
            return String(list).trim().split('\n').length - 1;
        },
        usedBytes: async () => Number(/used_memory_dataset:(\d+)/.exec(await client.info('memory'))?.[1]),
        keys: () => client.keys('*'),
        flush: async () => void (await client.flushAll()),
        async [Symbol.asyncDispose]() {
            if (client.isOpen) client.destroy();
        }
    };
}

/** Freezes Redis (SIGSTOP). Its connections stay open. Returns a function that wakes it. */
export async function pauseRedis({ redis }: Cluster): Promise<() => void> {
    if (!redis) throw new Error('this system has no Redis');
    const client = createClient({ url: redis.url });
    await client.connect();
    const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    client.destroy();
    process.kill(pid, 'SIGSTOP');
    return () => void process.kill(pid, 'SIGCONT');
}
