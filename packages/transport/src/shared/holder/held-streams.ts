import type { OpenStream } from '../shared-context.ts';
import type { HeldStream } from './held-stream.ts';

/** The streams that this process holds, by session and number. */
export class HeldStreams {
    readonly #bySession = new Map<string, Map<number, HeldStream>>();
    /** Of sessions with a POST on its way to the broker: the streams that had events before this process knew of them. */
    readonly #expected = new Map<string, { posts: number; early: Set<number> }>();
    /** The process that owns each session of which a stream is held here, as far as it is known. */
    readonly #owners = new Map<string, string>();

    /** Number of open event streams. */
    get open(): number {
        let open = 0;
        for (const streams of this.#bySession.values()) {
            for (const stream of streams.values()) if (stream.isOpen) open++;
        }
        return open;
    }

    has(sessionId: string): boolean {
        return this.#bySession.has(sessionId);
    }

    get(sessionId: string, number: number): HeldStream | undefined {
        return this.#bySession.get(sessionId)?.get(number);
    }

    of(sessionId: string): HeldStream[] {
        return [...(this.#bySession.get(sessionId)?.values() ?? [])];
    }

    all(): HeldStream[] {
        return [...this.#bySession.values()].flatMap(streams => [...streams.values()]);
    }

    /** The responses of POSTs. */
    answers(): HeldStream[] {
        return this.all().filter(({ number }) => number > 0);
    }

    /** Adds a stream. It replaces one with the same number. */
    add(stream: HeldStream): void {
        const { sessionId, number } = stream;
        const former = this.get(sessionId, number);
        if (former !== stream) former?.supersede();
        const streams = this.#bySession.get(sessionId) ?? new Map();
        this.#bySession.set(sessionId, streams.set(number, stream));
    }

    delete(stream: OpenStream): void {
        const { sessionId, number } = stream;
        const streams = this.#bySession.get(sessionId);
        if (streams?.get(number) !== stream) return;
        streams.delete(number);
        if (streams.size > 0) return;
        this.#bySession.delete(sessionId);
        this.#owners.delete(sessionId);
    }

    /** Notes which process owns a session. */
    noteOwner(sessionId: string, processId: string | undefined): void {
        if (processId !== undefined && this.has(sessionId)) this.#owners.set(sessionId, processId);
    }

    /** The sessions of which a stream is held here, and whose owner is that process. */
    ownedBy(processId: string): string[] {
        return [...this.#owners].filter(([, owner]) => owner === processId).map(([sessionId]) => sessionId);
    }

    /** Looks for new events of a stream, or of all streams of a session. */
    look(sessionId: string, number?: number): void {
        if (number === undefined) for (const stream of this.of(sessionId)) void stream.look();
        else {
            const stream = this.get(sessionId, number);
            if (stream) void stream.look();
            else this.#expected.get(sessionId)?.early.add(number);
        }
    }

    /**
     * Runs a step that may open a stream. The broker may report its events before the step has finished.
     *
     * @returns the result of the step.
     */
    async expect<T>(sessionId: string, step: () => Promise<T>): Promise<T> {
        const expected = this.#expected.get(sessionId) ?? { posts: 0, early: new Set() };
        this.#expected.set(sessionId, expected);
        expected.posts++;
        try {
            return await step();
        } finally {
            for (const number of expected.early) void this.get(sessionId, number)?.look();
            expected.posts--;
            if (expected.posts === 0) this.#expected.delete(sessionId);
        }
    }

    /** Ends all streams of a session. */
    endAll(sessionId: string): void {
        for (const stream of this.of(sessionId)) stream.release();
    }
}
