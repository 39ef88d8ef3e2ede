import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { type Broker, BrokerUnavailable, type Claim, type Hold, type WakeCause } from '../broker/broker.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../server/limits.ts';
import type { CloseReason, DropReason, Observer } from '../server/observer.ts';
import type { ResolvedOptions } from '../server/options.ts';
import type { SessionInfo } from '../server/types.ts';
import { STREAM_HEADERS, type StreamHeaders } from '../server/wire/framing.ts';
import { AbsentClients } from './absent-clients.ts';
import { Ends } from './ends.ts';
import { HeldStreams } from './holder/held-streams.ts';
import { OwnedSession } from './owner/owned-session.ts';
import { connectServer, rebuildServer } from './owner/rebuild-server.ts';
import { StateOfSession } from './owner/session-state.ts';
import { toElsewhere } from './session-elsewhere.ts';
import type { OpenStream, SharedContext } from './shared-context.ts';
import { watchStalls } from './stall-watch.ts';

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
    isDraining = false;
    readonly #owned = new Map<string, OwnedSession>();
    readonly #absent = new AbsentClients(this);
    readonly #endWatch: () => void;
    /** POSTs that are on their way to the broker. */
    readonly accepting = new Set<Promise<unknown>>();
    readonly #ends = new Ends(this);
    readonly #claiming = new Set<string>();
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
        this.#endWatch = watchStalls(this, () => this.#dropAnswers());
        broker.onWake((sessionId, cause, stream) => this.#onWake(sessionId, cause, stream));
        broker.onLost(() => this.dropAll());
        broker.onGone(processId => {
            for (const sessionId of this.streams.ownedBy(processId)) void this.claim(sessionId);
        });
    }

    get owned(): ReadonlyMap<string, OwnedSession> {
        return this.#owned;
    }

    isHeld(sessionId: string): boolean {
        return this.streams.has(sessionId);
    }

    isInLease(): boolean {
        return this.clock.now() < this.broker.leaseEnds;
    }

    /** Makes the server of a new session. Rejects if `createServer` or `connect` fails. */
    async own(session: OwnedSession): Promise<void> {
        this.#owned.set(session.id, session);
        await connectServer(this.options, session);
        session.inbox.open();
        this.#absent.watch(session);
    }

    /** Makes this process the owner of a session that has none. */
    async claim(sessionId: string): Promise<void> {
        if (this.isDraining || this.#owned.has(sessionId) || this.#claiming.has(sessionId)) return;
        this.#claiming.add(sessionId);
        let claim: Claim | undefined;
        try {
            claim = await this.broker.claim(sessionId);
            if (claim) await this.#takeOver(claim);
        } catch (error) {
            this.noteFailure(error);
        } finally {
            this.#claiming.delete(sessionId);
        }
        if (!claim && this.isHeld(sessionId)) await this.#learnOwner(sessionId);
    }

    /** Notes what this process has learnt as the holder of a stream. A session without an owner gets this one. */
    noteHold(sessionId: string, { owner }: Hold): void {
        const isLeft = owner === this.broker.processId && !this.#owned.has(sessionId);
        if (owner === undefined || isLeft) void this.claim(sessionId);
        else this.streams.noteOwner(sessionId, owner);
    }

    /** How long a client waits before it comes back to another process, in milliseconds. Not all come at once. */
    toRetryMs(): number {
        return Math.ceil(Math.random() * this.limits.retryMs);
    }

    end(sessionId: string, reason: CloseReason): void {
        this.noteEnded(sessionId, reason);
        this.#ends.add(sessionId, reason);
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
        void this.claim(sessionId);
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
        if (stream.transport === 'sse') this.#absent.await(stream.sessionId);
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
        this.#ends.close();
        this.#endWatch();
        this.dropAll();
    }

    /** Drops all sessions and streams of this process. The sessions themselves may live on. */
    dropAll(): void {
        for (const sessionId of [...this.#owned.keys()]) this.lose(sessionId);
        for (const stream of this.streams.all()) stream.destroy();
        this.#absent.clear();
    }

    /** Breaks off the responses of POSTs: another process may have sent their answers, and no wake says so. */
    #dropAnswers(): void {
        for (const stream of this.streams.answers()) {
            stream.destroy();
            this.letGo(stream);
        }
    }

    #onWake(sessionId: string, cause: WakeCause, stream?: number): void {
        switch (cause) {
            case 'inbox':
            case 'orphaned': {
                const session = this.#owned.get(sessionId);
                if (session) void session.inbox.take();
                else void this.claim(sessionId);
                return;
            }
            case 'events':
                return this.streams.look(sessionId, stream);
            case 'superseded':
                if (stream !== undefined) this.streams.get(sessionId, stream)?.supersede();
                return;
            case 'claimed':
                // It may be old, and this process the owner again. Taking the inbox tells.
                return void this.#owned.get(sessionId)?.inbox.take();
            case 'ended':
                return this.noteEnded(sessionId, 'closed');
        }
    }

    /** Finds out which process owns a session that this one could not claim. */
    async #learnOwner(sessionId: string): Promise<void> {
        const [stream] = this.streams.of(sessionId);
        const hold =
            stream && (await this.broker.hold(sessionId, stream.number).catch(error => this.noteFailure(error)));
        if (hold && hold !== 'unknown') this.noteHold(sessionId, hold);
    }

    async #takeOver({ fence, record }: Claim): Promise<void> {
        const state = StateOfSession.fromBroker(record);
        const session = new OwnedSession(this, record.id, record.transport, fence, state, state.authInfo);
        session.isUsed = true;
        this.#owned.set(session.id, session);
        this.streams.noteOwner(session.id, this.broker.processId);
        try {
            await rebuildServer(this.options, session, state);
        } catch (error) {
            this.observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
            // Another process may have claimed it meanwhile.
            const outcome = await this.broker.settle(session.id, fence, []).catch(() => 'fenced' as const);
            return outcome === 'fenced' ? this.lose(session.id) : this.end(session.id, 'failed');
        }
        // It was dropped before its server was there to hear of it.
        if (session.hasEnded) return session.onclose?.();
        session.inbox.open();
        this.#absent.watch(session);
    }

    /** Tells the broker that this process does not hold the stream any more. */
    letGo({ sessionId, number, position }: OpenStream): void {
        this.broker.unhold(sessionId, number, position).catch(error => this.noteFailure(error));
    }
}
