import type { Clock } from '../../clock.ts';
import type { WakeCause, WakeListener } from '../broker.ts';
import type { BrokerLimits } from '../limits.ts';
import type { MemorySession } from './memory-session.ts';

export interface MemoryHubOptions {
    limits: BrokerLimits;
    /** Time after its last report until a broker counts as gone, in milliseconds. */
    leaseMs: number;
    clock: Clock;
}

interface Member {
    leaseEnds: number;
    wake: WakeListener;
}

const TOMBSTONE_MS = 60_000;

/** What several brokers of one Node process share: sessions, and who is alive. Each broker stands for a server process. */
export class MemoryHub {
    readonly limits: BrokerLimits;
    readonly leaseMs: number;
    readonly clock: Clock;
    readonly members = new Map<string, Member>();
    readonly #sessions = new Map<string, MemorySession>();
    readonly #ended = new Map<string, { credential: string; reason: string; until: number }>();

    constructor({ limits, leaseMs, clock }: MemoryHubOptions) {
        this.limits = limits;
        this.leaseMs = leaseMs;
        this.clock = clock;
    }

    /** Number of sessions and of what is remembered of ended ones. */
    get size(): number {
        this.#forgetOld();
        return this.#sessions.size + this.#ended.size;
    }

    isAlive(process: string | undefined): process is string {
        return process !== undefined && (this.members.get(process)?.leaseEnds ?? 0) > this.clock.now();
    }

    wake(process: string | undefined, sessionId: string, cause: WakeCause, stream?: number): void {
        if (process !== undefined) this.members.get(process)?.wake(sessionId, cause, stream);
    }

    /** Makes a process responsible for the messages of a session that wait. */
    watch(session: MemorySession, sessionId: string, process: string): void {
        session.watcher = process;
        this.wake(process, sessionId, process === session.owner ? 'inbox' : 'orphaned');
    }

    find(sessionId: string): MemorySession | undefined {
        const session = this.#sessions.get(sessionId);
        if (!session || !this.#isExpired(session)) return session;
        this.#sessions.delete(sessionId);
        return undefined;
    }

    /** Returns false at the limit of sessions. */
    add(sessionId: string, session: MemorySession): boolean {
        const { maxSessions } = this.limits;
        if (this.#sessions.size >= maxSessions) this.#forgetOld();
        if (this.#sessions.size >= maxSessions) this.#evictFor(session.client);
        const { size } = this.#sessions;
        const isFew = this.#countOf(session.client) < Math.ceil(maxSessions / 100);
        const mayTakeMore = isFew && size < maxSessions + Math.ceil(maxSessions / 10);
        if (size >= maxSessions && !mayTakeMore) return false;
        this.#sessions.set(sessionId, session);
        return true;
    }

    /** Ends a session and wakes the processes that have to do with it. @param by the process that needs no wake. */
    end(sessionId: string, reason: string, by?: string): void {
        const session = this.find(sessionId);
        if (!session) return;
        this.#sessions.delete(sessionId);
        const woken = new Set([...session.streams.holders, session.owner]);
        if (by !== undefined) woken.delete(by);
        for (const process of woken) this.wake(process, sessionId, 'ended');
        const until = this.clock.now() + TOMBSTONE_MS;
        this.#ended.set(sessionId, { credential: session.credential, reason, until });
    }

    isHeld({ streams }: MemorySession): boolean {
        return streams.holders.some(holder => this.isAlive(holder));
    }

    /** Why a session has ended, for its own credential. */
    reasonOfEnd(sessionId: string, credential: string): string | undefined {
        const ended = this.#ended.get(sessionId);
        return ended?.credential === credential && ended.until > this.clock.now() ? ended.reason : undefined;
    }

    /** Makes a process responsible for what those that are gone have left. */
    takeOver(heir: string): void {
        this.#forgetOld();
        for (const [id, session] of this.#sessions) {
            if (session.isWaiting && !this.isAlive(session.watcher)) {
                this.watch(session, id, this.isAlive(session.owner) ? session.owner : heir);
            }
            if (session.attendant !== undefined && !this.isAlive(session.attendant)) {
                session.attendant = heir;
                session.left = heir;
                this.wake(heir, id, 'left');
            }
        }
    }

    #countOf(client: string): number {
        return [...this.#sessions.values()].filter(session => session.client === client).length;
    }

    #evictFor(client: string): void {
        const unused = [...this.#sessions].filter(([, { isUnused }]) => isUnused).slice(0, 10);
        const found = unused.find(([, session]) => {
            const yields = session.client === client || this.#countOf(session.client) > this.#countOf(client);
            return yields && !session.isWaiting && !this.isHeld(session);
        });
        if (found) this.end(found[0], 'evicted');
    }

    #forgetOld(): void {
        const now = this.clock.now();
        for (const [id, session] of this.#sessions) {
            if (this.#isExpired(session)) this.#sessions.delete(id);
            else session.streams.forgetOld(now);
        }
        for (const [id, { until }] of this.#ended) if (until <= now) this.#ended.delete(id);
    }

    #isExpired({ usedAt }: MemorySession): boolean {
        return this.clock.now() - usedAt > this.limits.idleMs;
    }
}
