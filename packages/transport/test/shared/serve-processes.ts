import { type FixtureOptions, type RedisProcess, serveTransport, type TransportFixture } from '@calc/test-helpers/wire';
import { type Clock, defaultLimits, type Limits } from '@calc/transport/server';
import { createSharedSessions, type SharedSessionsOptions, toBrokerLimits } from '@calc/transport/shared';
import type { Broker } from '../../src/broker/broker.ts';
import { MemoryBroker } from '../../src/broker/memory/memory-broker.ts';
import { MemoryHub } from '../../src/broker/memory/memory-hub.ts';
import { createRedisBroker } from '../../src/redis/index.ts';

const LEASE_MS = 300;
/** A process on a busy machine may report late. */
const LEASE_ON_REDIS_MS = 1500;

/** One of several servers that share their sessions. */
interface ServedProcess extends TransportFixture {
    broker: Broker;
    /** It stops at once: its connections break, and it reports no more. */
    crash(): Promise<void>;
}

export interface ProcessOptions
    extends Omit<SharedSessionsOptions, 'broker' | 'endpoint'>,
        Pick<FixtureOptions, 'middleware'> {
    limits?: Partial<Limits>;
    /** Replaces a method of a broker. @param number the process, from 0. */
    change?(broker: Broker, number: number): Partial<Broker>;
}

/** Makes the brokers of processes that share their state. */
export type MakeBrokers = (limits: Limits) => () => Promise<{ broker: Broker; stop(): void }>;

/** A clock of which a test can stop the timers, as if the process were gone. */
function createOwnClock() {
    const timers = new Set<NodeJS.Timeout>();
    let isStopped = false;
    const clock: Clock = {
        now: () => performance.now(),
        schedule(callback, ms) {
            if (isStopped) return () => {};
            const timer = setTimeout(callback, ms).unref();
            timers.add(timer);
            return () => clearTimeout(timer);
        }
    };
    const stop = () => {
        isStopped = true;
        for (const timer of timers) clearTimeout(timer);
    };
    return { clock, stop };
}

export const inMemory: MakeBrokers = limits => {
    const { clock } = createOwnClock();
    const hub = new MemoryHub({ limits: toBrokerLimits(limits), leaseMs: LEASE_MS, clock });
    return async () => {
        const { clock, stop } = createOwnClock();
        return { broker: new MemoryBroker(hub, clock), stop };
    };
};

export function onRedis(getRedis: () => RedisProcess): MakeBrokers {
    return limits => async () => {
        const { clock, stop } = createOwnClock();
        const { url } = getRedis();
        const broker = await createRedisBroker({
            url,
            limits: toBrokerLimits(limits),
            leaseMs: LEASE_ON_REDIS_MS,
            clock
        });
        return { broker, stop };
    };
}

/** Serves several processes that share their sessions, in this one. */
export async function serveProcesses(count: number, makeBrokers: MakeBrokers, options: ProcessOptions) {
    const makeBroker = makeBrokers({ ...defaultLimits, ...options.limits });
    const { isRepeatable, change, ...others } = options;
    const processes: ServedProcess[] = [];
    const crashed = new Set<Broker>();
    for (let number = 0; number < count; number++) {
        const { broker, stop } = await makeBroker();
        const changed = withChanges(broker, change?.(broker, number) ?? {});
        const fixture = await serveTransport({
            ...others,
            makeSessions: given =>
                createSharedSessions({ ...given, broker: changed, ...(isRepeatable && { isRepeatable }) })
        });
        processes.push({
            ...fixture,
            broker,
            async crash() {
                stop();
                crashed.add(broker);
                await fixture[Symbol.asyncDispose]();
            }
        });
    }
    return Object.assign(processes, {
        async [Symbol.asyncDispose]() {
            for (const process of processes) {
                if (!crashed.has(process.broker)) await process[Symbol.asyncDispose]();
                await process.broker[Symbol.asyncDispose]();
            }
        }
    });
}

/** A broker with other methods in the place of some. */
function withChanges(broker: Broker, changes: Partial<Broker>): Broker {
    return new Proxy(broker, {
        get(target, name) {
            const value = Reflect.get(changes, name) ?? Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
        }
    });
}
