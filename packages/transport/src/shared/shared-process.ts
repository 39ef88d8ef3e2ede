import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { type Broker, BrokerUnavailable, type WakeCause } from '../broker/broker.ts';
import type { Clock } from '../clock.ts';
import { ConcurrencyLimit } from '../concurrency-limit.ts';
import type { Limits } from '../server/limits.ts';
import type { CloseReason, DropReason, Observer } from '../server/observer.ts';
import type { ResolvedOptions } from '../server/options.ts';
import type { SessionInfo } from '../server/types.ts';
import { STREAM_HEADERS, type StreamHeaders } from '../server/wire/framing.ts';
import { AbsentClients } from './absent-clients.ts';
import { Claims } from './claims.ts';
import type { HeldStream } from './holder/held-stream.ts';
import { HeldStreams } from './holder/held-streams.ts';
import { Attempts } from './http/attempts.ts';
import type { OwnedSession } from './owner/owned-session.ts';
import { rebuildServer } from './owner/rebuild-server.ts';
import type { StateOfSession } from './owner/session-state.ts';
import { PendingCommands } from './pending-commands.ts';
import { toElsewhere } from './session-elsewhere.ts';
import type { OpenStream, SharedContext } from './shared-context.ts';
import { watchStalls } from './stall-watch.ts';

/** Most commands at a time, when this process looks at all that it has. */
const LOOKS_AT_ONCE = 20;

/** What this process has of the sessions that several processes share: those that it owns, and the streams that it holds. */
export class SharedProcess implements SharedContext {
    readonly broker: Broker;
    readonly options: ResolvedOptions;
    readonly clock: Clock;
    readonly limits: Limits;
    readonly observer: Observer;
    readonly endpoint: string;
    readonly sseHeaders: StreamHeaders;
    readonly isRepeatable: (request: JSONRPCRequest) => boolean;
    readonly streams: HeldStreams;
    readonly claims = new Claims(this);
    readonly attempts: Attempts;
    isDraining = false;
    readonly #owned = new Map<string, OwnedSession>();
    readonly #absent = new AbsentClients(this);
    readonly #endWatch: () => void;
    /** POSTs that are on their way to the broker. */
    readonly accepting = new Set<Promise<unknown>>();
    readonly pending = new PendingCommands(this);
    /** To look at thousands of sessions at once would keep this process from reporting to the broker. */
    readonly #looks = new ConcurrencyLimit(LOOKS_AT_ONCE);
    /** The sessions whose server has answered `initialize` with an error. */
    readonly #refused = new Set<string>();

    constructor(options: ResolvedOptions, broker: Broker, isRepeatable: (request: JSONRPCRequest) => boolean) {
        this.options = options;
        this.broker = broker;
        this.clock = options.clock;
        this.limits = options.limits;
        this.observer = options.observer;
        this.endpoint = options.endpoint;
        this.isRepeatable = isRepeatable;
        this.sseHeaders = { ...STREAM_HEADERS, ...options.headers };
        this.streams = new HeldStreams();
        this.attempts = new Attempts(broker, options.clock);
        this.#endWatch = watchStalls(this, () => this.#lookAtAll());
        broker.onWake((sessionId, cause, stream) => this.#onWake(sessionId, cause, stream));
        broker.onLost(loss => (loss === 'all' ? this.dropAll('data-lost') : this.#lookAtAll()));
        broker.onGone(processId => this.claims.claimHeld(processId));
    }

    get owned(): ReadonlyMap<string, OwnedSession> {
        return this.#owned;
    }

    isHeld(sessionId: string): boolean {
        return this.streams.has(sessionId);
    }

    isDoubtful(sessionId: string, stream: number): boolean {
        const held = this.streams.get(sessionId, stream);
        return held !== undefined && (held.isDoubtful || !this.isInLease());
    }

    isInLease(): boolean {
        return this.clock.now() < this.broker.leaseEnds;
    }

    /** Makes the server of a session. Rejects if `createServer` or `connect` fails. */
    async own(session: OwnedSession, state: StateOfSession): Promise<void> {
        this.#owned.set(session.id, session);
        await rebuildServer(this.options, session, state);
        // It may have been dropped before its server was there to hear of it.
        if (session.hasEnded) return session.onclose?.();
        session.inbox.open();
        this.#absent.watch(session);
    }

    /** How long a client waits before it comes back to another process, in milliseconds. Not all come at once. */
    toRetryMs(): number {
        return Math.ceil(Math.random() * this.limits.retryMs);
    }

    end(sessionId: string, reason: CloseReason): void {
        this.noteEnded(sessionId, reason);
        void this.pending.run(async () => {
            await this.broker.end(sessionId, reason);
            // Its client may have come back meanwhile.
            this.noteEnded(sessionId, reason);
        });
    }

    /** Ends what this process has of a session that has ended. */
    noteEnded(sessionId: string, reason: CloseReason): void {
        const session = this.#owned.get(sessionId);
        this.lose(sessionId);
        if (session) this.observer.closed?.(session, reason);
        this.#absent.forget(sessionId);
        this.streams.endAll(sessionId);
    }

    onFenced(sessionId: string): void {
        this.lose(sessionId);
        // The next owner may be gone as well.
        void this.claims.claim(sessionId);
    }

    lose(sessionId: string): void {
        const session = this.#owned.get(sessionId);
        this.#owned.delete(sessionId);
        this.#refused.delete(sessionId);
        session?.drop();
    }

    onRefused(sessionId: string): void {
        this.#refused.add(sessionId);
    }

    appended(sessionId: string, stream: number, position: number | undefined, json: string, isEnd: boolean): void {
        const held = this.streams.get(sessionId, stream);
        const isRefused = this.#refused.has(sessionId);
        if (isRefused && !held?.response.headersSent) held?.response.removeHeader('Mcp-Session-Id');
        held?.offer(position, json, isEnd);
        if (isRefused) this.end(sessionId, 'failed');
    }

    onOpened(stream: OpenStream): void {
        this.observer.attached?.(this.toInfo(stream), stream.response);
    }

    onDropped(stream: OpenStream, reason: DropReason): void {
        const isHolder = this.streams.get(stream.sessionId, stream.number) === stream;
        this.streams.delete(stream);
        this.observer.dropped?.(this.toInfo(stream), reason);
        if (!isHolder) return;
        this.letGo(stream);
        if (stream.transport === 'sse') this.#absent.waitFor(stream.sessionId);
    }

    onEnded(stream: OpenStream): void {
        this.streams.delete(stream);
    }

    noteFailure(error: unknown): void {
        if (error instanceof BrokerUnavailable) return;
        this.observer.defect?.(error instanceof Error ? error : new Error(String(error)));
    }

    /** What an observer sees of a stream, whose session may be owned by another process. */
    toInfo(stream: OpenStream): SessionInfo {
        return this.#owned.get(stream.sessionId) ?? toElsewhere(stream, () => this.end(stream.sessionId, 'closed'));
    }

    /** Ends the work of this process. */
    close(): void {
        this.isDraining = true;
        this.pending.close();
        this.#endWatch();
        this.dropAll();
    }

    /** Drops all sessions and streams of this process. @param reason why the sessions end; without it, they may live on. */
    dropAll(reason?: CloseReason): void {
        for (const session of [...this.#owned.values()]) {
            this.lose(session.id);
            if (reason) this.observer.closed?.(session, reason);
        }
        for (const stream of this.streams.all()) stream.destroy();
        this.#absent.clear();
    }

    /**
     * Finds out what other processes have taken over, since wakes may not say so: those of this time are lost, or a stream
     * has ended and so has no holder. Until then, nothing is sent.
     */
    #lookAtAll(): void {
        for (const stream of this.streams.all()) {
            // One that has not begun is about to be held.
            if (!stream.hasBegun) continue;
            stream.isDoubtful = true;
            void this.#looks.run(() => this.#checkHold(stream));
        }
        for (const session of this.#owned.values()) void this.#looks.run(() => session.inbox.take());
    }

    /** Ends a stream, unless this process is its holder. */
    async #checkHold(stream: HeldStream): Promise<void> {
        try {
            const hold = await this.broker.holds(stream.sessionId, stream.number);
            if (!hold) return stream.supersede();
            stream.isDoubtful = false;
            void stream.look();
            this.claims.noteHold(stream.sessionId, hold);
        } catch (error) {
            this.noteFailure(error);
        }
    }

    #onWake(sessionId: string, cause: WakeCause, stream?: number): void {
        switch (cause) {
            case 'inbox':
            case 'orphaned': {
                const session = this.#owned.get(sessionId);
                if (session) void session.inbox.take();
                else void this.claims.claim(sessionId);
                return;
            }
            case 'left':
                return this.#absent.waitFor(sessionId);
            case 'events':
                return this.streams.look(sessionId, stream);
            case 'superseded': {
                const held = this.streams.get(sessionId, stream ?? 0);
                if (held) void this.#checkHold(held);
                return;
            }
            case 'claimed':
                // It may be old, and this process the owner again. Taking the inbox tells.
                return void this.#owned.get(sessionId)?.inbox.take();
            case 'ended':
                return this.noteEnded(sessionId, 'closed');
        }
    }

    /** Tells the broker that this process does not hold the stream any more. */
    letGo({ sessionId, number, position }: OpenStream): void {
        void this.pending.run(async () => {
            // The client may have come back meanwhile.
            if (!this.streams.get(sessionId, number)) await this.broker.unhold(sessionId, number, position);
        });
    }
}
