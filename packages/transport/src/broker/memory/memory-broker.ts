import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import {
    type Acceptance,
    type Broker,
    BrokerUnavailable,
    type Claim,
    type Hold,
    type InboxEntry,
    type NewEvent,
    type NewPost,
    type NewSession,
    type Reading,
    type SessionRecord,
    type SessionState,
    type WakeCause,
    type WakeListener,
    type WriteOutcome
} from '../broker.ts';
import { LiveProcesses } from '../live-processes.ts';
import type { MemoryHub } from './memory-hub.ts';
import { MemorySession } from './memory-session.ts';

/** A broker whose state is in a `MemoryHub`. It is there for tests, and does what the one on Redis does. */
export class MemoryBroker implements Broker {
    readonly processId: string = randomUUID();
    leaseEnds = 0;
    readonly isAvailable = true;
    readonly whyUnavailable = undefined;
    readonly warnings: readonly string[] = [];
    readonly #hub: MemoryHub;
    readonly #clock: Clock;
    #listener: WakeListener = () => {};
    #goneListener: (processId: string) => void = () => {};
    readonly #others = new LiveProcesses();
    #cancelReport: () => void = () => {};

    /** @param clock the clock of its reports, so that tests can stop one broker and not the others. */
    constructor(hub: MemoryHub, clock: Clock = hub.clock) {
        this.#hub = hub;
        this.#clock = clock;
        this.#report();
    }

    onWake(listener: WakeListener): void {
        this.#listener = listener;
    }

    /** Memory is not lost. */
    onLost(): void {}

    onGone(listener: (processId: string) => void): void {
        this.#goneListener = listener;
    }

    async open(session: NewSession): Promise<'opened' | 'too-many-sessions'> {
        const { limits, clock } = this.#hub;
        if (this.#own(session.id, 1)) return 'opened';
        const isAlive = (process: string) => this.#hub.isAlive(process);
        const added = new MemorySession(session, this.processId, limits, isAlive, clock.now());
        return this.#hub.add(session.id, added) ? 'opened' : 'too-many-sessions';
    }

    async find(sessionId: string, credential: string): Promise<SessionRecord | undefined> {
        const session = this.#hub.find(sessionId);
        return session?.credential === credential ? session.toRecord(sessionId, this.#ownerOf(session)) : undefined;
    }

    async claim(sessionId: string): Promise<Claim | undefined> {
        const session = this.#hub.find(sessionId);
        if (!session) return undefined;
        this.#checkLease(sessionId, 'orphaned');
        const { owner } = session;
        if (owner !== this.processId && this.#hub.isAlive(owner)) {
            // It may have been thought dead when the messages came.
            if (session.isWaiting) this.#hub.watch(session, sessionId, owner);
            return undefined;
        }
        if (owner !== this.processId) this.#hub.wake(owner, sessionId, 'claimed');
        session.changeOwner(this.processId);
        if (session.isWaiting) session.watcher = this.processId;
        session.usedAt = this.#hub.clock.now();
        return {
            fence: session.fence,
            record: session.toRecord(sessionId, this.#ownerOf(session)),
            state: session.state,
            positions: session.streams.positions
        };
    }

    async release(sessionId: string, fence: number): Promise<void> {
        const session = this.#own(sessionId, fence);
        if (!session) return;
        session.owner = undefined;
        const holder = session.streams.holderOf(0);
        const isHeldElsewhere = holder !== this.processId && this.#hub.isAlive(holder);
        if (session.isWaiting) {
            const other = [...this.#hub.members.keys()].find(id => id !== this.processId && this.#hub.isAlive(id));
            this.#hub.watch(session, sessionId, isHeldElsewhere ? holder : (other ?? this.processId));
        } else if (isHeldElsewhere) this.#hub.wake(holder, sessionId, 'orphaned');
    }

    async save(sessionId: string, fence: number, state: SessionState): Promise<WriteOutcome> {
        const session = this.#own(sessionId, fence);
        if (!session) return 'fenced';
        session.state = { ...state, settings: [...state.settings] };
        return 'written';
    }

    async end(sessionId: string, reason: string): Promise<void> {
        this.#hub.end(sessionId, reason, this.processId);
    }

    async endIfUnheld(sessionId: string, reason: string, ifLast = false): Promise<'ended' | 'held' | 'unknown'> {
        const session = this.#hub.find(sessionId);
        if (!session) return 'unknown';
        const holder = session.streams.holderOf(0);
        // Another process may have taken this over while the holder was late.
        if (this.#hub.isAlive(holder)) session.attend(holder);
        if (this.#hub.isHeld(session) || (ifLast && session.left !== this.processId)) return 'held';
        await this.end(sessionId, reason);
        return 'ended';
    }

    async accept(sessionId: string, credential: string, post: NewPost): Promise<Acceptance> {
        const session = this.#hub.find(sessionId);
        if (session?.credential !== credential) {
            const reason = session ? undefined : this.#hub.reasonOfEnd(sessionId, credential);
            return { kind: 'unknown-session', ...(reason !== undefined && { reason }) };
        }
        this.#checkLease(sessionId, 'inbox');
        const now = this.#hub.clock.now();
        const known = session.recognize(post, now);
        if (known) return known;
        session.usedAt = now;
        const { owner, fence } = session;
        const { stream, firstEntry, isTaken, cancelled } = session.keep(post, this.processId, now);
        for (const settled of cancelled) this.#hub.wake(settled.holder, sessionId, 'events', settled.stream);
        if (isTaken) {
            session.watcher = this.processId;
            return { kind: 'accepted', stream, taken: { fence, firstEntry } };
        }
        this.#hub.watch(session, sessionId, this.#hub.isAlive(owner) ? owner : this.processId);
        return { kind: 'accepted', stream };
    }

    async takeInbox(sessionId: string, fence: number, after: number): Promise<readonly InboxEntry[] | 'fenced'> {
        return this.#own(sessionId, fence)?.takeInbox(after) ?? 'fenced';
    }

    async append(sessionId: string, fence: number, event: NewEvent): Promise<number | 'fenced' | 'settled'> {
        const session = this.#own(sessionId, fence);
        if (!session) return 'fenced';
        const appended = session.append(event, this.#hub.clock.now());
        if (!appended) return 'settled';
        this.#wakeHolder(appended.holder, sessionId, 'events', event.stream);
        return appended.position;
    }

    async settle(sessionId: string, fence: number, entries: readonly number[]): Promise<WriteOutcome> {
        const session = this.#own(sessionId, fence);
        if (!session) return 'fenced';
        for (const entry of entries) {
            const settled = session.settle(entry, this.#hub.clock.now());
            if (settled) this.#wakeHolder(settled.holder, sessionId, 'events', settled.stream);
        }
        return 'written';
    }

    async hold(sessionId: string, stream: number): Promise<'unknown' | Hold> {
        const session = this.#hub.find(sessionId);
        if (!session?.streams.isOpen(stream)) return 'unknown';
        session.usedAt = this.#hub.clock.now();
        if (stream === 0) {
            session.left = undefined;
            session.attend(this.processId);
        }
        const { former, sent } = session.streams.hold(stream, this.processId);
        this.#wakeHolder(former, sessionId, 'superseded', stream);
        return { owner: this.#ownerOf(session), position: sent };
    }

    async unhold(sessionId: string, stream: number, position: number): Promise<void> {
        const session = this.#hub.find(sessionId);
        if (stream === 0 && session?.streams.holderOf(0) === this.processId) {
            session.left = this.processId;
            session.attend(this.processId);
        }
        session?.streams.unhold(stream, this.processId, position);
    }

    async holds(sessionId: string, stream: number): Promise<Pick<Hold, 'owner'> | undefined> {
        const session = this.#hub.find(sessionId);
        return session?.streams.holderOf(stream) === this.processId ? { owner: this.#ownerOf(session) } : undefined;
    }

    async read(sessionId: string, stream: number, after: number, limit: number): Promise<Reading> {
        return this.#hub.find(sessionId)?.streams.read(stream, after, limit, this.processId) ?? 'unknown';
    }

    async [Symbol.asyncDispose](): Promise<void> {
        this.#cancelReport();
        this.#hub.members.delete(this.processId);
    }

    #report(): void {
        const now = this.#hub.clock.now();
        this.leaseEnds = this.#clock.now() + this.#hub.leaseMs;
        this.#hub.members.set(this.processId, {
            leaseEnds: now + this.#hub.leaseMs,
            wake: (sessionId, cause, stream) => queueMicrotask(() => this.#listener(sessionId, cause, stream))
        });
        this.#hub.takeOver(this.processId);
        const alive = [...this.#hub.members.keys()].filter(id => id !== this.processId && this.#hub.isAlive(id));
        for (const gone of this.#others.update(alive, true)) this.#goneListener(gone);
        this.#cancelReport = this.#clock.schedule(() => this.#report(), this.#hub.leaseMs / 3);
    }

    /** This process needs no wake for what it does itself. */
    #wakeHolder(holder: string | undefined, sessionId: string, cause: WakeCause, stream: number): void {
        if (holder !== this.processId) this.#hub.wake(holder, sessionId, cause, stream);
    }

    #checkLease(sessionId: string, cause: WakeCause): void {
        if (this.#hub.isAlive(this.processId)) return;
        this.#cancelReport();
        this.#report();
        this.#hub.wake(this.processId, sessionId, cause);
        throw new BrokerUnavailable('this process has not reported for longer than its lease');
    }

    /** The session, if this process owns it with that fence. */
    #own(sessionId: string, fence: number): MemorySession | undefined {
        const session = this.#hub.find(sessionId);
        if (session?.owner !== this.processId || session.fence !== fence) return undefined;
        session.usedAt = this.#hub.clock.now();
        return session;
    }

    /** The owner of a session while its lease has not ended. */
    #ownerOf({ owner }: MemorySession): string | undefined {
        return this.#hub.isAlive(owner) ? owner : undefined;
    }
}
