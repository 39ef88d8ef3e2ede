import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster.ts';
import type { ServerProcess } from '../cluster/server-process.ts';
import type { FaultName, Recorder } from '../judge/record.ts';

/** What is done to the servers, and when, in milliseconds from the start of the run. */
export interface PlannedFault {
    at: number;
    name: FaultName;
}

const KILL_EVERY_MS = 8000;
const STOP_MS = 10_000;
const REDIS_AWAY_MS = 1000;
const SHORTEST_CUT_MS = 200;
const LONGEST_CUT_MS = 800;
/** How often to look for a server that is not frozen or ended already, in milliseconds. */
const WAIT_MS = 100;

/**
 * Kills every 8 seconds, and in between cuts streams; and once each, in this order: a process is frozen and woken, one is
 * asked to end, Redis is restarted with its data, and without.
 */
export function planFaults(seconds: number, random: () => number, hasRedis: boolean): PlannedFault[] {
    const totalMs = seconds * 1000;
    const plan: PlannedFault[] = [];
    for (let at = KILL_EVERY_MS / 2; at < totalMs; at += KILL_EVERY_MS) plan.push({ at, name: 'kill' });
    for (let at = 0; at < totalMs; at += SHORTEST_CUT_MS + random() * (LONGEST_CUT_MS - SHORTEST_CUT_MS)) {
        plan.push({ at, name: 'cut' });
    }
    plan.push({ at: 0.1 * totalMs, name: 'stop' }, { at: 0.45 * totalMs, name: 'terminate' });
    if (hasRedis) {
        plan.push({ at: 0.65 * totalMs, name: 'redis-restart' }, { at: 0.85 * totalMs, name: 'redis-data-lost' });
    }
    return plan.sort((a, b) => a.at - b.at);
}

/** What the faults do it to. */
type Target = Pick<Cluster, 'servers' | 'redis' | 'random' | 'pick'> & {
    balancer: { exchanges: Pick<Cluster['balancer']['exchanges'], 'cutOne'> };
};

/** Carries the plan out. Settles when all that was ended runs again. */
export async function runFaults(plan: readonly PlannedFault[], cluster: Target, recorder: Recorder): Promise<void> {
    const startedAt = performance.now();
    const busy = new Set<ServerProcess>();
    let lastOfRedis = Promise.resolve();
    const running: Promise<void>[] = [];
    // A rejection is handled below. Until then it must not end this process, which would leave the servers behind.
    const start = (name: FaultName) => {
        const fault = isOfRedis(name)
            ? lastOfRedis.then(() => runRedisFault(name, cluster, recorder))
            : runFault(name, cluster, recorder, busy);
        // On a slow machine one may be due while the one before is not over. Two would start Redis twice.
        if (isOfRedis(name)) lastOfRedis = fault;
        fault.catch(() => {});
        running.push(fault);
    };
    for (const { at, name } of plan) {
        await sleep(Math.max(0, startedAt + at - performance.now()));
        start(name);
    }
    await Promise.all(running);
}

const isOfRedis = (name: FaultName) => name === 'redis-restart' || name === 'redis-data-lost';

async function runRedisFault(name: FaultName, { redis }: Target, recorder: Recorder): Promise<void> {
    recorder.add({ kind: 'fault', name, phase: 'begin' });
    await redis?.kill();
    if (name === 'redis-data-lost') await redis?.removeData();
    await sleep(REDIS_AWAY_MS);
    await redis?.start();
    recorder.add({ kind: 'fault', name, phase: 'end' });
}

async function runFault(name: FaultName, cluster: Target, recorder: Recorder, busy: Set<ServerProcess>) {
    const { balancer, random, pick } = cluster;
    const mark = (phase: 'begin' | 'end', server?: ServerProcess) =>
        recorder.add({ kind: 'fault', name, phase, ...(server && { server: server.index }) });
    if (name === 'cut') return balancer.exchanges.cutOne(random());
    const findFree = () => cluster.servers.filter(server => !busy.has(server));
    // Another kill follows; the other faults come only once.
    while (name !== 'kill' && findFree().length === 0) await sleep(WAIT_MS);
    const free = findFree();
    if (free.length === 0) return;
    const server = pick(free);
    busy.add(server);
    mark('begin', server);
    if (name === 'stop') {
        server.signal('SIGSTOP');
        await sleep(STOP_MS);
        server.signal('SIGCONT');
    } else {
        server.signal(name === 'kill' ? 'SIGKILL' : 'SIGTERM');
        await server.ended();
        await sleep(500 + random() * 500);
        await server.start();
    }
    mark('end', server);
    busy.delete(server);
}
