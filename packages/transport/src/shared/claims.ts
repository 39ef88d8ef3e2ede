import type { Claim, Hold } from '../broker/broker.ts';
import type { HeldStreams } from './holder/held-streams.ts';
import { OwnedSession } from './owner/owned-session.ts';
import { StateOfSession } from './owner/session-state.ts';
import type { SharedContext } from './shared-context.ts';

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
    readonly #claiming = new Set<string>();

    constructor(process: ClaimingProcess) {
        this.#process = process;
    }

    async claim(sessionId: string): Promise<void> {
        const { broker, isDraining, owned } = this.#process;
        if (isDraining || owned.has(sessionId) || this.#claiming.has(sessionId)) return;
        this.#claiming.add(sessionId);
        let claim: Claim | undefined;
        try {
            claim = await broker.claim(sessionId);
            if (claim) await this.#takeOver(claim);
        } catch (error) {
            this.#process.noteFailure(error);
        } finally {
            this.#claiming.delete(sessionId);
        }
        if (!claim && this.#process.isHeld(sessionId)) await this.#learnOwner(sessionId);
    }

    /** Notes what this process has learnt as the holder of a stream. A session without an owner gets this one. */
    noteHold(sessionId: string, { owner }: Hold): void {
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
            stream && (await broker.hold(sessionId, stream.number).catch(error => this.#process.noteFailure(error)));
        if (hold && hold !== 'unknown') this.noteHold(sessionId, hold);
    }

    async #takeOver({ fence, record, positions }: Claim): Promise<void> {
        const { broker, observer, streams } = this.#process;
        const state = StateOfSession.fromBroker(record);
        const session = new OwnedSession(this.#process, { ...record, fence, positions }, state, state.authInfo);
        session.isUsed = true;
        streams.noteOwner(session.id, broker.processId);
        try {
            await this.#process.own(session, state);
        } catch (error) {
            observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
            // Another process may have claimed it meanwhile.
            const outcome = await broker.settle(session.id, fence, []).catch(() => 'fenced' as const);
            if (outcome === 'fenced') this.#process.lose(session.id);
            else this.#process.end(session.id, 'failed');
        }
    }
}
