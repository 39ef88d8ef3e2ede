import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type RedisProcess, runRedis } from '@calc/test-helpers';
import { type Balancer, startBalancer } from './balancer.ts';
import { createRandomRouting, createStickyRouting } from './routing.ts';
import { createServerProcess, type ServerCommand, type ServerProcess } from './server-process.ts';

/** Several servers behind a load balancer, and their Redis. */
export interface Cluster extends AsyncDisposable {
    readonly servers: readonly ServerProcess[];
    readonly balancer: Balancer;
    /** Undefined if the servers use none. */
    readonly redis: RedisProcess | undefined;
    /** Chooses with the seed of the run. */
    readonly random: () => number;
    pick<T>(items: readonly T[]): T;
}

export interface ClusterOptions {
    processes: number;
    seed: number;
    isSticky: boolean;
    usesRedis: boolean;
    /** The folder for the logs of the servers, which is created. */
    logs: string;
    /** @param redisUrl undefined without Redis. */
    command(redisUrl: string | undefined): ServerCommand;
}

/** Each write is on the disk before Redis replies, so that it survives SIGKILL. */
const DURABLE = ['--appendonly', 'yes', '--appendfsync', 'always'];

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
    const { processes, seed, isSticky, usesRedis, logs, command } = options;
    mkdirSync(logs, { recursive: true });
    const parts: AsyncDisposable[] = [];
    const dispose = async () => {
        for (const part of parts.reverse().splice(0)) await part[Symbol.asyncDispose]();
    };
    const keep = <Part extends AsyncDisposable>(part: Part) => {
        parts.push(part);
        return part;
    };
    try {
        const redis = usesRedis ? keep(await runRedis(DURABLE)) : undefined;
        const servers = Array.from({ length: processes }, (_, index) =>
            keep(createServerProcess(index, command(redis?.url), join(logs, `server-${index}.log`)))
        );
        await Promise.all(servers.map(server => server.start()));
        // A sequence of its own: the number of requests differs between runs, and must not change the faults.
        const routing = (isSticky ? createStickyRouting : createRandomRouting)(createRandom(seed + 1));
        const balancer = keep(await startBalancer(servers, routing));
        const random = createRandom(seed);
        const pick: Cluster['pick'] = items => items[Math.floor(random() * items.length)] as never;
        return { servers, balancer, redis, random, pick, [Symbol.asyncDispose]: dispose };
    } catch (error) {
        await dispose();
        throw error;
    }
}
