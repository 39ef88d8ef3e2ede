import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createManualClock, type RedisProcess } from '@calc/test-helpers/wire';
import { createClient } from 'redis';
import { expect } from 'vitest';
import type { Broker, NewPost, WakeCause } from '../../src/broker/broker.ts';
import type { BrokerLimits } from '../../src/broker/limits.ts';
import { MemoryBroker } from '../../src/broker/memory/memory-broker.ts';
import { MemoryHub } from '../../src/broker/memory/memory-hub.ts';
import { createRedisBroker } from '../../src/redis/index.ts';
import { PREFIX } from '../../src/redis/keys.ts';

export const LIMITS: BrokerLimits = {
    maxSessions: 3,
    idleMs: 600_000,
    maxInFlight: 4,
    maxInboxBytes: 10_000_000,
    maxEvents: 5,
    maxBytes: 1000,
    rememberMs: 100_000,
    maxRememberedPosts: 8
};
export const CREDENTIAL = 'digest-of-a-token';
const LEASE_MS = 60_000;
/** Redis has its own clock. It must not end the lease of a process whose clock stands still while a test is slow. */
const LEASE_ON_REDIS_MS = 3_600_000;

/** One process of a test. */
export interface TestProcess {
    readonly broker: Broker;
    /** What the broker has woken it for and `woken` has not taken, such as `inbox ID` or `events ID 0`. */
    readonly wakes: string[];
    /** Resolves when the process is woken for that. */
    woken(sessionId: string, cause: WakeCause, stream?: number): Promise<void>;
    /** Resolves when the process has learnt that another one is gone. */
    missed(processId: string): Promise<void>;
    /** Its reports stop: it has crashed, or was stopped. */
    stop(): void;
    resume(): void;
}

/** Processes that share a broker. */
export interface TestHub extends AsyncDisposable {
    join(): Promise<TestProcess>;
    /** The leases of stopped processes end, and the others have reported since. */
    passLease(): Promise<void>;
    /** How many things the broker keeps. */
    size(): Promise<number>;
}

export type MakeHub = (limits?: Partial<BrokerLimits>) => Promise<TestHub>;

interface Member {
    readonly process: TestProcess;
    readonly clock: ReturnType<typeof createManualClock>;
    isStopped: boolean;
}

function toProcess(broker: Broker, setStopped: (isStopped: boolean) => void): TestProcess {
    const wakes = new Notices();
    const gone = new Notices();
    broker.onWake((...wake) => wakes.add(toWake(...wake)));
    broker.onGone(processId => gone.add(processId));
    return {
        broker,
        wakes: wakes.untaken,
        woken: (...wake) => wakes.take(toWake(...wake)),
        missed: processId => gone.take(processId),
        stop: () => setStopped(true),
        resume: () => setStopped(false)
    };
}

/** What a process was notified of. */
class Notices {
    readonly untaken: string[] = [];
    readonly #waiting = new Map<string, () => void>();

    add(notice: string): void {
        const resolve = this.#waiting.get(notice);
        this.#waiting.delete(notice);
        if (resolve) resolve();
        else this.untaken.push(notice);
    }

    /** Resolves when there is such a notice. */
    take(notice: string): Promise<void> {
        const index = this.untaken.indexOf(notice);
        if (index >= 0) this.untaken.splice(index, 1);
        return index >= 0 ? Promise.resolve() : new Promise(resolve => this.#waiting.set(notice, resolve));
    }
}

const toWake = (sessionId: string, cause: WakeCause, stream?: number) =>
    [cause, sessionId, ...(stream === undefined ? [] : [stream])].join(' ');

/** Brokers in memory, on clocks that stand still. */
export const makeMemoryHub: MakeHub = async limits => {
    const clock = createManualClock();
    const hub = new MemoryHub({ limits: { ...LIMITS, ...limits }, leaseMs: LEASE_MS, clock });
    const members: Member[] = [];
    return {
        async join() {
            const own = createManualClock();
            const member = {
                process: toProcess(new MemoryBroker(hub, own), isStopped => {
                    member.isStopped = isStopped;
                }),
                clock: own,
                isStopped: false
            };
            members.push(member);
            return member.process;
        },
        async passLease() {
            for (let third = 0; third < 4; third++) {
                clock.advance(LEASE_MS / 3);
                for (const { clock, isStopped } of members) if (!isStopped) clock.advance(LEASE_MS / 3);
            }
        },
        size: async () => hub.size,
        async [Symbol.asyncDispose]() {
            for (const { process } of members) await process.broker[Symbol.asyncDispose]();
        }
    };
};

/** Connects to a Redis, to look at what brokers keep there. Disconnected when its scope ends. */
export async function connectAdmin(url: string) {
    const client = createClient({ url });
    client.on('error', () => {});
    await client.connect();
    return Object.assign(client, { [Symbol.dispose]: () => client.destroy() });
}

/** Brokers on a Redis that is emptied first. Their reports are on clocks that stand still. */
export function toMakeRedisHub(getRedis: () => RedisProcess): MakeHub {
    return async limits => {
        const { url } = getRedis();
        const admin = await connectAdmin(url);
        await admin.flushAll();
        const members: Member[] = [];
        return {
            async join() {
                const clock = createManualClock();
                const options = {
                    url,
                    limits: { ...LIMITS, ...limits },
                    leaseMs: LEASE_ON_REDIS_MS,
                    commandMs: 10_000,
                    clock
                };
                const member = {
                    process: toProcess(await createRedisBroker(options), isStopped => {
                        member.isStopped = isStopped;
                    }),
                    clock,
                    isStopped: false
                };
                members.push(member);
                return member.process;
            },
            async passLease() {
                const stopped = members.filter(({ isStopped }) => isStopped);
                for (const { process } of stopped) {
                    await admin.zAdd(
                        `${PREFIX}processes`,
                        { score: 1, value: process.broker.processId },
                        { condition: 'XX' }
                    );
                }
                // A report takes over what one process has left.
                for (let round = 0; round <= stopped.length; round++) {
                    for (const { clock, isStopped, process } of members) {
                        clock.advance(isStopped ? 0 : LEASE_ON_REDIS_MS / 3);
                        await nextTurn();
                        // Not of one that has left.
                        if (process.broker.isAvailable) await process.broker.find(randomUUID(), '');
                    }
                }
            },
            size: () => admin.dbSize(),
            async [Symbol.asyncDispose]() {
                await Promise.all(members.map(({ process }) => process.broker[Symbol.asyncDispose]()));
                admin.destroy();
            }
        };
    };
}

/** Opens a session and returns its id. */
export async function openSession({ broker }: Pick<TestProcess, 'broker'>): Promise<string> {
    const id = randomUUID();
    expect(await broker.open({ id, transport: 'sse', credential: CREDENTIAL })).toBe('opened');
    return id;
}

/** A POST with one request. @param key marks it as a retry. */
export function toPost(id: number, content = `request ${id}`, key = '', opensStream = false): NewPost {
    return {
        messages: [{ json: content, id }],
        content: toDigest(content),
        name: toDigest(content) + key,
        opensStream,
        isRemembered: true
    };
}

/** A POST with a message that gets no reply. */
export function toNote(json: string): NewPost {
    return {
        messages: [{ json }],
        content: toDigest(json),
        name: toDigest(json),
        opensStream: false,
        isRemembered: true
    };
}

const toDigest = (content: string) => `digest-of-${content.replaceAll(' ', '-')}`;
