import {
    type Acceptance,
    type Broker,
    BrokerUnavailable,
    type Claim,
    type Hold,
    type InboxEntry,
    type Loss,
    type NewEvent,
    type NewPost,
    type NewSession,
    type Reading,
    type SessionRecord,
    type SessionState,
    type WakeListener,
    type WriteOutcome
} from '../broker/broker.ts';
import type { BrokerLimits } from '../broker/limits.ts';
import { checkUrl, NotSent } from './client.ts';
import { Membership } from './membership.ts';
import type { RedisBrokerOptions } from './options.ts';
import { fromId, fromState, toAcceptance, toClaim, toInbox, toReading, toRecord } from './replies.ts';
import { WakeReader } from './wake-reader.ts';

/**
 * A broker on one Redis (7.0 or later), with two connections. See `scripts/prelude.ts` for its keys. Redis must not evict
 * keys (`maxmemory-policy noeviction`). All keys expire, so that nothing outlives a crash.
 *
 * These are in the clear: messages that are not settled yet, the events of streams, the `initialize` request and the settings.
 * Credentials and POSTs are there as the digests that the caller gives.
 *
 * Resolves after the first report to Redis, or after `commandMs`. Until Redis answers, commands are rejected.
 *
 * @throws TypeError if the URL is not valid. It does not name the URL, which may have a password.
 */
export async function createRedisBroker(options: RedisBrokerOptions): Promise<RedisBroker> {
    checkUrl(options.url);
    const broker = new BrokerOnRedis(options);
    await broker.begun;
    return broker;
}

export interface RedisBroker extends Broker {
    /** How many commands were rejected, because Redis was not available or refused them. */
    readonly rejectedCommands: number;
    /**
     * Runs one command on the connection of the broker, for other things that the processes share. Their keys must not be
     * those of the broker. Rejects with Redis's own error if Redis refuses the command.
     * @throws BrokerUnavailable
     */
    send(command: readonly string[]): Promise<unknown>;
}

class BrokerOnRedis implements RedisBroker {
    readonly begun: Promise<void>;
    readonly #limits: BrokerLimits;
    readonly #membership: Membership;
    readonly #reader: WakeReader;
    #listener: WakeListener = () => {};
    /** What to wake this process for when commands are accepted again, each once. */
    readonly #missed = new Map<string, Parameters<WakeListener>>();

    constructor(options: RedisBrokerOptions) {
        this.#limits = options.limits;
        this.#membership = new Membership(options);
        this.#reader = new WakeReader(options.url, this.#membership, (...wake) => this.#listener(...wake));
        this.begun = new Promise(resolve => {
            const timer = setTimeout(resolve, this.#membership.commandMs);
            this.#membership.onReported = () => {
                clearTimeout(timer);
                resolve();
                this.#reader.resume();
                this.#wakeForMissed();
            };
        });
    }

    get processId(): string {
        return this.#membership.processId;
    }

    get leaseEnds(): number {
        return this.#membership.leaseEnds;
    }

    onWake(listener: WakeListener): void {
        this.#listener = listener;
    }

    get isAvailable(): boolean {
        return this.#membership.isUsable;
    }

    get whyUnavailable(): string | undefined {
        return this.#membership.whyUnusable ?? this.#reader.failure;
    }

    get warnings(): readonly string[] {
        return this.#membership.warnings.all;
    }

    get rejectedCommands(): number {
        return this.#membership.rejected;
    }

    onLost(listener: (loss: Loss) => void): void {
        this.#membership.onLost = listener;
    }

    onGone(listener: (processId: string) => void): void {
        this.#membership.onGone = listener;
    }

    async open({ id, transport, credential, holds, client = '' }: NewSession): Promise<'opened' | 'too-many-sessions'> {
        const values = [transport, credential, this.#limits.maxSessions, holds ? 1 : 0, client];
        const [kind] = await this.#membership.run('open', id, ...values);
        return kind as 'opened' | 'too-many-sessions';
    }

    async find(sessionId: string, credential: string): Promise<SessionRecord | undefined> {
        return toRecord(sessionId, await this.#membership.run('find', sessionId, credential));
    }

    async claim(sessionId: string): Promise<Claim | undefined> {
        const reply = this.#membership.run('claim', sessionId);
        return toClaim(sessionId, this.processId, await this.#orWake(reply, sessionId, 'orphaned'));
    }

    async release(sessionId: string, fence: number): Promise<void> {
        await this.#membership.run('release', sessionId, fence);
    }

    async save(sessionId: string, fence: number, state: SessionState): Promise<WriteOutcome> {
        const [outcome] = await this.#membership.run('save', sessionId, fence, ...fromState(state));
        return outcome as WriteOutcome;
    }

    async end(sessionId: string, reason: string): Promise<void> {
        await this.#membership.run('end', sessionId, reason, 0);
    }

    async endIfUnheld(sessionId: string, reason: string, ifLast = false): Promise<'ended' | 'held' | 'unknown'> {
        const [outcome] = await this.#membership.run('end', sessionId, reason, 1, ifLast ? 1 : 0);
        return outcome as 'ended' | 'held' | 'unknown';
    }

    async accept(sessionId: string, credential: string, post: NewPost): Promise<Acceptance> {
        const { maxInFlight, rememberMs, maxRememberedPosts, maxInboxBytes } = this.#limits;
        const messages = post.messages.flatMap(({ json, id, cancels }) => [json, fromId(id), fromId(cancels)]);
        const flags = [post.isRemembered ? 1 : 0, post.opensStream ? 1 : 0];
        const limits = [maxInFlight, rememberMs, maxRememberedPosts, maxInboxBytes];
        const values = [credential, post.content, post.name, ...flags, ...limits];
        const reply = this.#membership.run('accept', sessionId, ...values, ...messages);
        try {
            return toAcceptance(await reply);
        } catch (error) {
            // The messages may be there. If they were not sent, they are not.
            if (error instanceof BrokerUnavailable && !(error instanceof NotSent)) this.#miss(sessionId, 'inbox');
            throw error;
        }
    }

    async takeInbox(sessionId: string, fence: number, after: number): Promise<readonly InboxEntry[] | 'fenced'> {
        const reply = this.#membership.run('takeInbox', sessionId, fence, after);
        return toInbox(await this.#orWake(reply, sessionId, 'inbox'));
    }

    async append(sessionId: string, fence: number, event: NewEvent): Promise<number | 'fenced' | 'settled'> {
        const { maxEvents, maxBytes, rememberMs, maxRememberedPosts } = this.#limits;
        const { stream, json, settles = '', position: expected = '' } = event;
        const values = [stream, json, settles, expected, maxEvents, rememberMs, maxRememberedPosts, maxBytes];
        const [kind, position] = await this.#membership.run('append', sessionId, fence, ...values);
        return kind === 'appended' ? Number(position) : (kind as 'fenced' | 'settled');
    }

    async settle(sessionId: string, fence: number, entries: readonly number[]): Promise<WriteOutcome> {
        const { rememberMs, maxRememberedPosts } = this.#limits;
        const values = [fence, rememberMs, maxRememberedPosts, ...entries];
        const [outcome] = await this.#membership.run('settle', sessionId, ...values);
        return outcome as WriteOutcome;
    }

    async hold(sessionId: string, stream: number): Promise<'unknown' | Hold> {
        const [kind, owner, position] = await this.#membership.run('hold', sessionId, stream);
        return kind === 'held' ? { owner: String(owner) || undefined, position: Number(position) } : 'unknown';
    }

    async unhold(sessionId: string, stream: number, position: number): Promise<void> {
        await this.#membership.run('unhold', sessionId, stream, position);
    }

    async holds(sessionId: string, stream: number): Promise<Pick<Hold, 'owner'> | undefined> {
        const reply = this.#membership.run('holds', sessionId, stream);
        const [owner] = await this.#orWake(reply, sessionId, 'superseded', stream);
        return owner === undefined ? undefined : { owner: String(owner) || undefined };
    }

    async read(sessionId: string, stream: number, after: number, limit: number): Promise<Reading> {
        const reply = this.#membership.run('readEvents', sessionId, stream, after, limit);
        return toReading(await this.#orWake(reply, sessionId, 'events', stream));
    }

    send(command: readonly string[]): Promise<unknown> {
        return this.#membership.send(command);
    }

    async [Symbol.asyncDispose](): Promise<void> {
        await Promise.all([this.#reader.close(), this.#membership.close()]);
    }

    /** The result of a command; if it is not known, this process is woken to look again. */
    async #orWake<T>(reply: Promise<T>, ...wake: Parameters<WakeListener>): Promise<T> {
        try {
            return await reply;
        } catch (error) {
            if (error instanceof BrokerUnavailable) this.#miss(...wake);
            throw error;
        }
    }

    #miss(...wake: Parameters<WakeListener>): void {
        this.#missed.set(wake.join(' '), wake);
    }

    #wakeForMissed(): void {
        const missed = [...this.#missed.values()];
        this.#missed.clear();
        for (const wake of missed) this.#listener(...wake);
    }
}
