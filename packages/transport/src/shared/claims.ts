import type { Claim, Hold } from '../broker/broker.ts';
import { ConcurrencyLimit } from '../concurrency-limit.ts';
import type { HeldStreams } from './holder/held-streams.ts';
import { OwnedSession } from './owner/owned-session.ts';
import { StateOfSession } from './owner/session-state.ts';
import type { SharedContext } from './shared-context.ts';

/** Most sessions that are claimed at a time. */
const MAX_AT_ONCE = 20;

/** Most time for the server of a session, in milliseconds. One that never answers would keep its place from the others. */
const SERVER_MS = 10_000;

/** The process that claims sessions. */
interface ClaimingProcess extends SharedContext {
    readonly isDraining: boolean;
    readonly owned: ReadonlyMap<string, OwnedSession>;
    readonly streams: HeldStreams;
    /** Makes the server of a session. Rejects if that fails. */
    own(session: OwnedSession, state: StateOfSession): Promise<void>;
    /** Drops what this process owns of a session, which lives on. */
    lose(sessionId: string): void;
}

/** Makes this process the owner of sessions that have none. */
export class Claims {
    readonly #process: ClaimingProcess;
    readonly #claiming = new Map<string, Promise<boolean>>();
    /** Sessions for which another claim was asked while one was on its way. */
    readonly #again = new Set<string>();
    /** To make thousands of servers at once would keep this process from reporting to the broker. */
    readonly #limit = new ConcurrencyLimit(MAX_AT_ONCE);

    constructor(process: ClaimingProcess) {
        this.#process = process;
    }

    /** Claims the sessions of which this process holds a stream, and whose owner is gone. */
    claimHeld(owner: string): void {
        const { streams } = this.#process;
        for (const sessionId of streams.ownedBy(owner)) {
            void this.#limit.run(async () => {
                if (this.#process.isHeld(sessionId)) await this.#start(sessionId);
            });
        }
    }

    /** Claims a session whose client may wait for it. */
    async claim(sessionId: string): Promise<void> {
        await this.#limit.run(() => this.#start(sessionId), true);
    }

    async #start(sessionId: string): Promise<void> {
        const { isDraining, owned } = this.#process;
        if (isDraining || owned.has(sessionId)) return;
        if (this.#claiming.has(sessionId)) {
            this.#again.add(sessionId);
            return;
        }
        const claiming = this.#claim(sessionId).catch(error => {
            this.#process.noteFailure(error);
            return false;
        });
        this.#claiming.set(sessionId, claiming);
        const isClaimed = await claiming;
        this.#claiming.delete(sessionId);
        // Its owner may have gone between the claim and what asked for another one.
        if (this.#again.delete(sessionId) && !isClaimed) return this.#start(sessionId);
        if (!isClaimed && this.#process.isHeld(sessionId)) await this.#learnOwner(sessionId);
    }

    /** Resolves when no claim is on its way. */
    async settled(): Promise<void> {
        await Promise.all(this.#claiming.values());
    }

    /** Notes what this process has learnt as the holder of a stream. A session without an owner gets this one. */
    noteHold(sessionId: string, { owner }: Pick<Hold, 'owner'>): void {
        const { broker, owned, streams } = this.#process;
        const isLeft = owner === broker.processId && !owned.has(sessionId);
        if (owner === undefined || isLeft) void this.claim(sessionId);
        else streams.noteOwner(sessionId, owner);
    }

    /** Finds out which process owns a session that this one could not claim. */
    async #learnOwner(sessionId: string): Promise<void> {
        const [stream] = this.#process.streams.of(sessionId);
        const { broker } = this.#process;
        const hold =
            stream && (await broker.holds(sessionId, stream.number).catch(error => this.#process.noteFailure(error)));
        if (hold) this.noteHold(sessionId, hold);
    }

    /** Returns whether this process is the owner. */
    async #claim(sessionId: string): Promise<boolean> {
        const { broker } = this.#process;
        const claim = await broker.claim(sessionId);
        if (!claim) return false;
        // Draining may have begun meanwhile. The next owner runs what waits.
        if (this.#process.isDraining) await broker.release(sessionId, claim.fence);
        else await this.#takeOver(claim);
        return true;
    }

    async #takeOver({ fence, record, positions, ...claim }: Claim): Promise<void> {
        const { broker, observer, owned, streams } = this.#process;
        const state = StateOfSession.fromBroker(claim.state);
        const session = new OwnedSession(this.#process, { ...record, fence, positions }, state, state.authInfo);
        session.isUsed = true;
        streams.noteOwner(session.id, broker.processId);
        try {
            await this.#inTime(this.#process.own(session, state));
            if (owned.get(session.id) === session) observer.takenOver?.(session);
        } catch (error) {
            observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
            // Another process may have claimed it meanwhile.
            const outcome = await broker.settle(session.id, fence, []).catch(() => 'fenced' as const);
            if (outcome === 'fenced') this.#process.lose(session.id);
            else this.#process.end(session.id, 'failed');
        }
    }

    /** Rejects if the server of a session is not there in time. */
    async #inTime(owned: Promise<void>): Promise<void> {
        let cancel = () => {};
        const late = new Promise<never>((_, reject) => {
            const message = `The server of the session was not ready within ${SERVER_MS} ms`;
            cancel = this.#process.clock.schedule(() => reject(new Error(message)), SERVER_MS);
        });
        await Promise.race([owned, late]).finally(cancel);
    }
}
