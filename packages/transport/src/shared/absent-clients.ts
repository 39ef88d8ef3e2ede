import type { CloseReason } from '../server/observer.ts';
import type { OwnedSession } from './owner/owned-session.ts';
import type { PendingCommands } from './pending-commands.ts';
import type { SharedContext } from './shared-context.ts';

interface WaitingProcess extends SharedContext {
    readonly pending: PendingCommands;
}

/** Ends sessions whose clients do not come back, or do not use them. */
export class AbsentClients {
    readonly #context: WaitingProcess;
    /** What cancels the wait for the client of a session of HTTP+SSE. */
    readonly #waits = new Map<string, () => void>();

    constructor(context: WaitingProcess) {
        this.#context = context;
    }

    /** Ends a session of HTTP+SSE whose stream has dropped, unless its client comes back to this process or another. */
    waitFor(sessionId: string): void {
        const giveUp = () => {
            this.#waits.delete(sessionId);
            this.#endIfUnheld(sessionId, 'not-resumed', () => !this.#context.isHeld(sessionId), true);
        };
        const { clock, limits } = this.#context;
        this.forget(sessionId);
        if (limits.resumeWindowMs === 0) giveUp();
        else this.#waits.set(sessionId, clock.schedule(giveUp, limits.resumeWindowMs));
    }

    /** Stops to wait for the client of a session. */
    forget(sessionId: string): void {
        this.#waits.get(sessionId)?.();
        this.#waits.delete(sessionId);
    }

    /** Stops to wait for all clients. */
    clear(): void {
        for (const cancel of this.#waits.values()) cancel();
        this.#waits.clear();
    }

    /** Ends a session that its client does not use. */
    watch(session: OwnedSession): void {
        if (session.hasEnded) return;
        const { clock, limits } = this.#context;
        const idleMs = this.#idleMsOf(session);
        // The broker hears nothing of a request until it is answered.
        if (session.inFlight > 0) session.outbox.add({ kind: 'settle', entries: [] });
        const silence = session.inFlight > 0 ? 0 : clock.now() - session.lastTraffic;
        const reason = session.isUsed ? 'idle' : 'unused';
        if (silence >= limits.sessionIdleMs) return this.#context.end(session.id, reason);
        const { lastTraffic } = session;
        const isSilent = () => session.inFlight === 0 && session.lastTraffic === lastTraffic;
        if (silence >= idleMs) this.#endIfUnheld(session.id, reason, isSilent);
        const next = (silence < idleMs ? idleMs : limits.sessionIdleMs) - silence;
        const soon = Math.min(next, limits.sessionIdleMs / 2);
        session.cancelIdle = clock.schedule(() => this.watch(session), Math.max(1, Math.ceil(soon)));
    }

    /** @param isAbsent whether the client is still absent, when the broker can be asked. */
    #endIfUnheld(sessionId: string, reason: CloseReason, isAbsent: () => boolean, ifLast = false): void {
        const { broker, pending } = this.#context;
        void pending.run(async () => {
            if (!isAbsent()) return;
            const outcome = await broker.endIfUnheld(sessionId, reason, ifLast);
            if (outcome !== 'held') this.#context.noteEnded(sessionId, reason);
        });
    }

    /** How long a session may be silent while no stream is open. */
    #idleMsOf({ transport, isUsed }: OwnedSession): number {
        const { sessionIdleMs, streamlessIdleMs, unusedIdleMs } = this.#context.limits;
        if (transport === 'sse') return sessionIdleMs;
        return Math.min(sessionIdleMs, isUsed ? streamlessIdleMs : unusedIdleMs);
    }
}
