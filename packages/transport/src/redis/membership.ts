import { randomBytes, randomUUID } from 'node:crypto';
import { BrokerUnavailable, type Loss } from '../broker/broker.ts';
import { LiveProcesses } from '../broker/live-processes.ts';
import type { Clock } from '../clock.ts';
import { ConcurrencyLimit } from '../concurrency-limit.ts';
import {
    type Connection,
    createConnection,
    destroy,
    inTime,
    NotSent,
    runScript,
    type ScriptReply,
    sendCommand,
    toReason
} from './client.ts';
import { EPOCH, PREFIX, PROCESSES } from './keys.ts';
import { DEFAULT_COMMAND_MS, DEFAULT_LEASE_MS, MAX_UNANSWERED, type RedisBrokerOptions, realClock } from './options.ts';
import type { SessionScript } from './scripts/index.ts';
import { Warnings } from './warnings.ts';

/** Time between two attempts to connect, in milliseconds. */
const RETRY_MS = 200;

/** What the next turn of the loop does first. */
type Next = 'beat' | 'hello' | 'connect';

/**
 * This process among those that share a Redis: connects, reports three times in each lease, notices that state was lost,
 * and runs scripts while all that is well.
 */
export class Membership {
    readonly processId: string = randomUUID();
    readonly wakeStream = `${PREFIX}wake:${this.processId}`;
    readonly commandMs: number;
    /** The id of the last wake that was read. */
    lastWakeId = '0-0';
    leaseEnds = Number.NEGATIVE_INFINITY;
    readonly warnings = new Warnings();
    /** How many commands were rejected. */
    rejected = 0;
    onLost: (loss: Loss) => void = () => {};
    onGone: (processId: string) => void = () => {};
    /** Called after each report. */
    onReported: () => void = () => {};

    readonly #url: string;
    readonly #clock: Clock;
    readonly #leaseMs: number;
    readonly #idleMs: number;
    readonly #keepMs: number;
    #epoch = '';
    /** The highest count of writes that was seen in this epoch, and the run of Redis that it was seen in. */
    #seen = 0;
    #run = '';
    /** There while scripts may run. */
    #usable: Connection | undefined;
    #connection: Connection | undefined;
    #next: Next = 'connect';
    #failure = 'Redis is not available: not connected yet';
    readonly #others = new LiveProcesses();
    readonly #limit = new ConcurrencyLimit(MAX_UNANSWERED);
    /** When this process last had the reply of a report since it connected. */
    #reportedAt = Number.NEGATIVE_INFINITY;
    /** Whether a script has found that writes were lost. */
    #isSuspected = false;
    /** What is lost since the last report. */
    #loss: Loss | undefined;
    #isClosed = false;
    #endPause: () => void = () => {};
    readonly #loop: Promise<void>;

    constructor({ url, limits, ...options }: RedisBrokerOptions) {
        this.#url = url;
        this.#clock = options.clock ?? realClock;
        this.commandMs = options.commandMs ?? DEFAULT_COMMAND_MS;
        this.#leaseMs = options.leaseMs ?? DEFAULT_LEASE_MS;
        this.#idleMs = limits.idleMs;
        // Longer than any session lives without use.
        this.#keepMs = Math.ceil(limits.idleMs * 1.125) + this.#leaseMs * 10;
        this.#loop = this.#keepReporting();
    }

    /** Whether nothing was noticed that has to be done first. */
    get #mayWork(): boolean {
        return this.#next === 'beat' && !this.#isClosed;
    }

    get #isDone(): boolean {
        return this.#next === 'connect' || this.#isClosed;
    }

    get isUsable(): boolean {
        return this.#usable !== undefined;
    }

    get whyUnusable(): string | undefined {
        return this.isUsable ? undefined : this.#failure;
    }

    /** Runs a script on a session and returns what follows the count in its reply. @throws BrokerUnavailable */
    run(script: SessionScript, sessionId: string, ...values: readonly (string | number)[]): Promise<ScriptReply> {
        return this.#use(async connection => {
            const epoch = this.#epoch;
            const keys = [`${PREFIX}${epoch}:{${sessionId}}`, `${PREFIX}${epoch}:writes`, PROCESSES];
            const common = [this.#seen, this.processId, this.#idleMs, this.#keepMs];
            const reply = await runScript(connection, script, keys, [...common, ...values], this.commandMs);
            this.#note(reply, epoch);
            if (reply[1] === 'late') {
                this.#hurry('beat');
                throw new BrokerUnavailable('this process has not reported to Redis for longer than its lease');
            }
            return reply.slice(1);
        });
    }

    /** Runs one command that has nothing to do with sessions; see `sendCommand`. */
    send(command: readonly string[]): Promise<unknown> {
        return this.#use(connection => sendCommand(connection, command, this.commandMs));
    }

    /** Leaves what this process has to the others. Never rejects. */
    async close(): Promise<void> {
        this.#isClosed = true;
        const connection = this.#usable;
        this.#usable = undefined;
        if (connection) await this.#report(connection, 'leave').catch(() => {});
        if (this.#connection) destroy(this.#connection);
        this.#hurry('connect');
        await this.#loop;
    }

    async #use<T>(run: (connection: Connection) => Promise<T>): Promise<T> {
        try {
            return await this.#limit.run(async () => {
                if (!this.#usable) throw new NotSent(this.#failure);
                return await run(this.#usable);
            });
        } catch (error) {
            this.rejected++;
            this.warnings.noteRefusal(error);
            throw error;
        }
    }

    #note(reply: ScriptReply, epoch: string): void {
        if (epoch !== this.#epoch) throw new BrokerUnavailable('Redis has lost its state');
        const count = Number(reply[0]);
        if (count === 0) {
            this.#isSuspected = true;
            this.#usable = undefined;
            this.#failure = 'Redis has lost its state';
            this.#hurry('hello');
            throw new BrokerUnavailable(this.#failure);
        }
        this.#seen = Math.max(this.#seen, count);
    }

    async #keepReporting(): Promise<void> {
        while (!this.#isClosed) {
            const connection = createConnection(this.#url);
            this.#connection = connection;
            connection.on('error', error => {
                if (connection !== this.#connection) return;
                this.#failure = toReason(error);
                this.#hurry('connect');
            });
            try {
                await inTime(connection.connect(), this.commandMs);
                this.#next = 'hello';
                while (!this.#isDone) await this.#turn(connection);
            } catch (error) {
                // Those that use the broker learn it from their own commands.
                this.#failure = toReason(error);
            }
            this.#usable = undefined;
            destroy(connection);
            if (!this.#isClosed) await this.#pause(RETRY_MS);
        }
    }

    async #turn(connection: Connection): Promise<void> {
        if (this.#next === 'hello') await this.#greet(connection);
        this.#next = 'beat';
        const { more, gone } = await this.#beat(connection);
        if (this.#mayWork) this.#usable = connection;
        if (this.#loss) this.onLost(this.#loss);
        this.#loss = undefined;
        if (!this.#mayWork) return;
        this.onReported();
        for (const processId of gone) this.onGone(processId);
        if (!more && this.#mayWork) await this.#pause(this.#leaseMs / 3);
    }

    async #greet(connection: Connection): Promise<void> {
        const info = await inTime(connection.info(), this.commandMs);
        this.warnings.noteInfo(info);
        const run = /run_id:(\w+)/.exec(info)?.[1] ?? '';
        const fresh = randomBytes(6).toString('base64url');
        const values = [run, this.#epoch, this.#seen, this.#run, fresh, this.#keepMs, this.#isSuspected ? 1 : 0];
        const reply = await runScript(connection, 'hello', [EPOCH], values, this.commandMs);
        const [epoch, count] = [String(reply[0]), Number(reply[1])];
        this.#reportedAt = Number.NEGATIVE_INFINITY;
        if (epoch !== this.#epoch) this.#others.clear();
        if (this.#epoch !== '' && epoch !== this.#epoch) this.#loss = 'all';
        this.#seen = epoch === this.#epoch ? Math.max(this.#seen, count) : count;
        this.#epoch = epoch;
        this.#run = run;
        this.#isSuspected = false;
    }

    /** Returns whether another report may find more to take over, and the processes that are gone. */
    async #beat(connection: Connection): Promise<{ more: boolean; gone: readonly string[] }> {
        const sentAt = this.#clock.now();
        const epoch = this.#epoch;
        const reply = await this.#report(connection, 'beat');
        this.#note(reply, epoch);
        this.leaseEnds = sentAt + this.#leaseMs;
        if (reply[1] === 1) {
            if (this.lastWakeId !== '0-0') this.#loss ??= 'wakes';
            this.lastWakeId = String(reply[2]);
        }
        // What made this report late may have made those of the others late as well.
        const isTimely = this.#clock.now() - this.#reportedAt < (this.#leaseMs * 2) / 3;
        this.#reportedAt = this.#clock.now();
        return { more: reply[3] === 1, gone: this.#others.update((reply[4] as string[]).map(String), isTimely) };
    }

    #report(connection: Connection, script: 'beat' | 'leave'): Promise<ScriptReply> {
        const keys = [PROCESSES, `${PREFIX}${this.#epoch}:writes`, this.wakeStream, EPOCH];
        const values = [this.#seen, this.processId, this.#leaseMs, this.#keepMs, this.lastWakeId];
        return runScript(connection, script, keys, values, this.commandMs);
    }

    #hurry(next: Next): void {
        if (next === 'connect') this.#usable = undefined;
        if (next === 'connect' || this.#next === 'beat') this.#next = next;
        this.#endPause();
    }

    #pause(ms: number): Promise<void> {
        return new Promise(resolve => {
            const cancel = this.#clock.schedule(resolve, ms);
            this.#endPause = () => {
                cancel();
                resolve();
            };
        });
    }
}
