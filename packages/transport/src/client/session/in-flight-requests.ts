import {
    ErrorCode,
    type JSONRPCErrorResponse,
    type JSONRPCRequest,
    type RequestId
} from '@modelcontextprotocol/sdk/types.js';
import type { AbortGroup } from '../http/abort-group.ts';
import { repeatAfter, type Timing } from '../timing.ts';
import { isSessionGone, OUTCOME_UNKNOWN, TransportError } from '../transport-error.ts';
import type { RenewableTransport } from './renewable-transport.ts';
import type { SessionMemory } from './session-memory.ts';

/** What the parts of a `SessionKeeper` share. */
export interface KeeperParts {
    inner: RenewableTransport;
    memory: SessionMemory;
    timing: Timing;
    /** Gives the client the reply to one of its requests. */
    reply(reply: JSONRPCErrorResponse): void;
    error(error: Error): void;
    /** Closes the connection, because no new session can be made ready. */
    fail(reason: TransportError): void;
}

interface InFlight {
    request: JSONRPCRequest;
    /** Whether the server may have started the request. */
    mayHaveArrived: boolean;
    /** How often the request lost the connection or the session that should have brought its reply. */
    losses: number;
    /** The last attempt to send the request. */
    post?: Promise<void>;
}

/** A request fails after so many losses. */
const MOST_LOSSES = 5;
/** The same for a call of a tool that may not run twice. It is repeated only if the server did not take it. */
const MOST_LOSSES_UNREPEATABLE = 2;

/** The requests of the client that have no reply yet. They outlive the session. */
export class InFlightRequests {
    readonly #entries = new Map<RequestId, InFlight>();
    readonly #keeper: KeeperParts;

    constructor(keeper: KeeperParts) {
        this.#keeper = keeper;
    }

    /** Sends a request, or holds it until `repeatAll`. */
    async send(request: JSONRPCRequest, isHeld: boolean): Promise<void> {
        const entry: InFlight = { request, mayHaveArrived: false, losses: 0 };
        this.#entries.set(request.id, entry);
        if (!isHeld) await this.#post(entry);
    }

    /** Removes a request that has a reply or was cancelled. Returns undefined if it is not in flight. */
    take(id: RequestId): JSONRPCRequest | undefined {
        const entry = this.#entries.get(id);
        this.#entries.delete(id);
        return entry?.request;
    }

    /** Settles when it is known which requests the server may have taken. */
    async posted(): Promise<void> {
        await Promise.allSettled(Array.from(this.#entries.values(), ({ post }) => post));
    }

    /** Fails the requests that must not be sent to the new session, or not once more. */
    failLost(): void {
        for (const entry of this.#entries.values()) {
            const mayRepeat = this.#keeper.memory.mayRepeat(entry.request);
            const what = nameOf(entry.request);
            if (entry.mayHaveArrived && !mayRepeat) {
                const why = `the server has no memory of the session, and ${OUTCOME_UNKNOWN}`;
                const message = `the stream dropped while ${what} was in flight: ${why}`;
                this.#answer(entry, new TransportError('outcome-unknown', message));
            } else if (++entry.losses >= (mayRepeat ? MOST_LOSSES : MOST_LOSSES_UNREPEATABLE)) {
                const message = `${what} ended ${entry.losses} sessions in a row: to each request the server said that it does not know the session`;
                this.#answer(entry, new TransportError('session-gone', message));
            }
        }
    }

    repeatAll(): void {
        for (const entry of this.#entries.values()) this.#repeat(entry);
    }

    /** Repeats a request that lost its connection within a session, or fails it. */
    lose(id: RequestId, heardAt: number, session: AbortGroup): void {
        const entry = this.#entries.get(id);
        if (!entry) return;
        const { clock, random } = this.#keeper.timing;
        entry.losses++;
        // The server remembers a request for some time after its answer, which it cannot have given before `heardAt`.
        const isRecognized = clock.now() < heardAt + this.#keeper.memory.retryMs;
        if ((!isRecognized && !this.#keeper.memory.mayRepeat(entry.request)) || entry.losses >= MOST_LOSSES) {
            return this.#answerLost(entry, `the connection broke before ${nameOf(entry.request)} was answered`);
        }
        const repeat = () => {
            if (!session.isAborted && this.#entries.get(id) === entry) this.#repeat(entry, heardAt);
        };
        // The first loss is an accident. A server that breaks each connection at once is not asked again at once.
        if (entry.losses === 1) repeat();
        else session.sleep(repeatAfter(entry.losses - 1, undefined, random), clock).then(repeat, () => {});
    }

    /** Forgets all requests. With a reason, each of them fails. */
    end(reason: Error | undefined): void {
        for (const entry of this.#entries.values()) {
            if (!reason) break;
            if (entry.mayHaveArrived && isCall(entry.request)) this.#answerLost(entry, reason.message);
            else this.#answer(entry, reason);
        }
        this.#entries.clear();
    }

    async #post(entry: InFlight, heardAt?: number): Promise<void> {
        const { request, mayHaveArrived } = entry;
        entry.mayHaveArrived = true;
        const { memory, inner } = this.#keeper;
        const mayRepeat = memory.mayRepeat(request);
        const options = { mayRepeat, retryMs: memory.retryMs, ...(heardAt !== undefined && { heardAt }) };
        entry.post = inner.send(request, options);
        try {
            await entry.post;
        } catch (error) {
            // The request stays in flight for the new session.
            if (isSessionGone(error)) entry.mayHaveArrived = mayHaveArrived || error.mayHaveArrived;
            else if (this.#entries.get(request.id) === entry) {
                this.#entries.delete(request.id);
                throw error;
            }
        }
    }

    #repeat(entry: InFlight, heardAt?: number): void {
        this.#post(entry, heardAt).catch(error => this.#answer(entry, error));
    }

    /** Fails a request that the server may have executed. */
    #answerLost(entry: InFlight, why: string): void {
        const message = isCall(entry.request) ? `${why}: ${OUTCOME_UNKNOWN}` : why;
        this.#answer(entry, new TransportError('outcome-unknown', message));
    }

    #answer({ request }: InFlight, reason: Error): void {
        this.#entries.delete(request.id);
        const code = reason instanceof TransportError ? { data: { code: reason.code } } : {};
        const error = { code: ErrorCode.ConnectionClosed, message: reason.message, ...code };
        this.#keeper.reply({ jsonrpc: '2.0', id: request.id, error });
    }
}

function isCall({ method }: JSONRPCRequest): boolean {
    return method === 'tools/call';
}

/** How errors name a request. */
function nameOf(request: JSONRPCRequest): string {
    return isCall(request) ? `${request.method} ${JSON.stringify(request.params?.name)}` : request.method;
}
