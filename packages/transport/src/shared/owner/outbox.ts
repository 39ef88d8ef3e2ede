import { BrokerUnavailable, type NewEvent, type SessionState } from '../../broker/broker.ts';
import type { SharedContext } from '../shared-context.ts';

/** Time between two attempts of a write while the broker is not available, in milliseconds. */
const RETRY_MS = 100;

/** One write of the owner of a session. */
export type Write =
    | { kind: 'append'; event: NewEvent; done(position: number | undefined): void }
    | { kind: 'save'; state: SessionState }
    | { kind: 'settle'; entries: number[] };

/** The session of an outbox. */
export interface OutboxOwner {
    readonly id: string;
    readonly fence: number;
    /** Another process owns the session now, or it has ended. */
    onFenced(): void;
    onError(error: Error): void;
    /** All writes are done. */
    onEmpty(): void;
}

/**
 * The writes of the owner of a session, one after another in their order. While the broker is not available they wait, and
 * the first one is tried again.
 */
export class Outbox {
    readonly #owner: OutboxOwner;
    readonly #context: SharedContext;
    readonly #writes: Write[] = [];
    /** The last position of each stream that has events. */
    readonly #last: Map<number, number>;
    #isRunning = false;
    #isClosed = false;
    #endPause: (() => void) | undefined;

    /** @param positions the last position of each stream that has events. */
    constructor(owner: OutboxOwner, context: SharedContext, positions: ReadonlyMap<number, number>) {
        this.#owner = owner;
        this.#context = context;
        this.#last = new Map(positions);
    }

    get length(): number {
        return this.#writes.length;
    }

    add(write: Write): void {
        const last = this.#writes.at(-1);
        // The first one may be under way.
        if (write.kind === 'settle' && last?.kind === 'settle' && this.#writes.length > 1) {
            last.entries.push(...write.entries);
            return;
        }
        this.#writes.push(write);
        if (!this.#isRunning) void this.#run();
    }

    /** Drops all writes. */
    close(): void {
        this.#isClosed = true;
        this.#writes.length = 0;
        this.#endPause?.();
    }

    /** Forgets a stream that has ended. */
    forget(stream: number): void {
        this.#last.delete(stream);
    }

    async #run(): Promise<void> {
        this.#isRunning = true;
        for (let write = this.#writes[0]; write; write = this.#writes[0]) {
            // An answer may end its stream. A stream that has ended has no holder, so this process could not learn whether
            // another one has sent the answer.
            if (write.kind === 'append' && this.#context.isDoubtful(this.#owner.id, write.event.stream)) {
                await this.#pause();
                continue;
            }
            try {
                const isDone = await this.#perform(write);
                if (this.#isClosed) break;
                if (!isDone) {
                    this.#owner.onFenced();
                    break;
                }
                this.#writes.shift();
            } catch (error) {
                if (!(error instanceof BrokerUnavailable)) {
                    this.#owner.onError(error as Error);
                    this.#writes.shift();
                } else await this.#pause();
            }
        }
        this.#isRunning = false;
        if (!this.#isClosed) this.#owner.onEmpty();
    }

    /** Returns whether this process still owns the session. */
    async #perform(write: Write): Promise<boolean> {
        const { id, fence } = this.#owner;
        const { broker } = this.#context;
        if (write.kind === 'save') return (await broker.save(id, fence, write.state)) === 'written';
        if (write.kind === 'settle') return (await broker.settle(id, fence, write.entries)) === 'written';
        const { event } = write;
        // So that the event is not added twice if the reply to the first attempt was lost.
        const position = (this.#last.get(event.stream) ?? 0) + 1;
        const outcome = await broker.append(id, fence, { ...event, position });
        if (outcome === 'fenced') return false;
        if (outcome !== 'settled') this.#last.set(event.stream, outcome);
        if (!this.#isClosed) write.done(outcome === 'settled' ? undefined : outcome);
        return true;
    }

    #pause(): Promise<void> {
        return new Promise(resolve => {
            const cancel = this.#context.clock.schedule(resolve, RETRY_MS);
            this.#endPause = () => {
                cancel();
                resolve();
            };
        });
    }
}
