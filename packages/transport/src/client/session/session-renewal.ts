import type { JSONRPCMessage, JSONRPCRequest, RequestId, Result } from '@modelcontextprotocol/sdk/types.js';
import { AbortGroup } from '../http/abort-group.ts';
import { LONGEST_WAIT_MS, repeatAfter } from '../timing.ts';
import { isSessionGone, TransportError } from '../transport-error.ts';
import type { InFlightRequests, KeeperParts } from './in-flight-requests.ts';
import type { RenewableTransport, Reply } from './renewable-transport.ts';

/** The client gives up after so many sessions in a row that ended before they were of use. */
const MOST_USELESS_SESSIONS = 5;

/** Makes each new session ready: initializes and subscribes again, as the client did in the first one. */
export class SessionRenewal {
    /** Tasks of this session. They are aborted when it ends. */
    tasks = new AbortGroup();
    /** Whether the session is not ready yet. */
    isRunning = false;
    /** Whether the server was sent `notifications/initialized` from here, so that the client must not repeat it. */
    hasInitialized = false;
    readonly #keeper: KeeperParts;
    /** The replies that this class waits for. */
    readonly #asked = new Map<RequestId, (reply: Reply) => void>();
    #askedSoFar = 0;
    /** Number of sessions in a row in which the server answered nothing but requests of this class. */
    #useless = 0;
    #begunAt = 0;
    #cancelDeadline: (() => void) | undefined;

    constructor(keeper: KeeperParts) {
        this.#keeper = keeper;
    }

    /** Makes the new session ready, and repeats the requests in flight in it. */
    async run(requests: InFlightRequests): Promise<void> {
        this.tasks.abort(new Error('the session was renewed'));
        const tasks = new AbortGroup();
        this.tasks = tasks;
        this.isRunning = true;
        this.hasInitialized = false;
        this.#keeper.memory.noteCapabilities(undefined);
        try {
            const pauseMs = this.#countSession();
            await requests.posted();
            if (tasks.isAborted) return;
            requests.failLost();
            if (pauseMs > 0) await tasks.sleep(pauseMs, this.#keeper.timing.clock);
            await this.#initialize();
        } catch (error) {
            if (!tasks.isAborted) this.#keeper.fail(new TransportError('not-renewed', (error as Error).message));
            return;
        }
        if (tasks.isAborted) return;
        this.isRunning = false;
        this.#clearDeadline();
        this.#restore();
        requests.repeatAll();
    }

    /** Whether a message is the reply to a request of this class. Any other message shows that the session is of use. */
    takes(message: JSONRPCMessage): boolean {
        const settle = 'method' in message || message.id === undefined ? undefined : this.#asked.get(message.id);
        if (!settle || 'method' in message) this.#useless = 0;
        else settle(message);
        return settle !== undefined;
    }

    end(reason: Error): void {
        this.tasks.abort(reason);
        this.#clearDeadline();
    }

    /** Returns how many milliseconds to wait before the session is initialized. */
    #countSession(): number {
        const { clock, giveUpAfterMs, random } = this.#keeper.timing;
        if (clock.now() - this.#begunAt >= LONGEST_WAIT_MS) this.#useless = 0;
        this.#begunAt = clock.now();
        if (this.#useless === MOST_USELESS_SESSIONS) {
            throw new Error(`the server has ended ${MOST_USELESS_SESSIONS} sessions in a row before they were of use`);
        }
        this.#cancelDeadline ??= clock.schedule(() => {
            this.#keeper.fail(new TransportError('gave-up', `no new session was ready within ${giveUpAfterMs} ms`));
        }, giveUpAfterMs);
        const useless = this.#useless++;
        return useless === 0 ? 0 : repeatAfter(useless, undefined, random);
    }

    async #initialize(): Promise<void> {
        const { handshake } = this.#keeper.memory;
        // Without a handshake the client's own initialize is still in flight, and is repeated with the other requests.
        if (!handshake) return;
        const refusal = 'the server refuses to initialize again';
        const { protocolVersion, capabilities } = await this.#ask('initialize', handshake.params, refusal);
        this.#keeper.memory.noteCapabilities(capabilities);
        if (protocolVersion !== handshake.protocolVersion) {
            const change = `speaks ${String(protocolVersion)}, and spoke ${handshake.protocolVersion} before`;
            throw new Error(`the server came back as another one: it ${change}`);
        }
        this.#keeper.inner.setProtocolVersion?.(handshake.protocolVersion);
        this.hasInitialized = true;
        await sendToSession(this.#keeper.inner, { jsonrpc: '2.0', method: 'notifications/initialized' });
    }

    #restore(): void {
        for (const { method, params } of this.#keeper.memory.toRestore) {
            const refusal = `${method} was refused in the new session`;
            this.#ask(method, params, refusal).catch((error: Error) => this.#keeper.error(error));
        }
    }

    /** Sends a request whose reply the client does not see. Rejects when the server refuses it, or the session ends. */
    #ask(method: string, params: JSONRPCRequest['params'], refusal: string): Promise<Result> {
        const id = `session-keeper-${++this.#askedSoFar}`;
        const request: JSONRPCRequest = { jsonrpc: '2.0', id, method, ...(params && { params }) };
        const ask = (signal: AbortSignal) =>
            new Promise<Result>((resolve, reject) => {
                signal.addEventListener('abort', () => reject(signal.reason));
                this.#asked.set(id, reply => {
                    if ('error' in reply) reject(new Error(`${refusal}: ${reply.error.message}`));
                    else resolve(reply.result);
                });
                sendToSession(this.#keeper.inner, request).catch(reject);
            });
        return this.tasks.run(ask).finally(() => this.#asked.delete(id));
    }

    #clearDeadline(): void {
        this.#cancelDeadline?.();
        this.#cancelDeadline = undefined;
    }
}

/** Sends what means something in this session only. If the session is gone, `onrenewed` reports that. */
export async function sendToSession(inner: RenewableTransport, message: JSONRPCMessage): Promise<void> {
    try {
        await inner.send(message);
    } catch (error) {
        if (!isSessionGone(error)) throw error;
    }
}
