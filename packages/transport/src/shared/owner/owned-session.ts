import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo, RequestId, Result } from '@modelcontextprotocol/sdk/types.js';
import { cancelledBy, isOpening, replyTo } from '../../message/parse-message.ts';
import { RpcCode } from '../../message/rpc-code.ts';
import type { SessionInfo, TransportName } from '../../server/types.ts';
import { toJson } from '../../server/wire/framing.ts';
import type { SharedContext } from '../shared-context.ts';
import { type InFlightRequest, InFlightRequests, toRequest } from './in-flight-requests.ts';
import { Inbox, type InboxOwner, type Received } from './inbox.ts';
import { Outbox, type OutboxOwner } from './outbox.ts';
import { ServerRequestIds } from './server-request-ids.ts';
import type { StateOfSession } from './session-state.ts';
import { toRefusal } from './to-refusal.ts';

/** Most writes that wait for the broker. */
const MAX_WAITING = 1000;

/** A session, and what its owner begins with. */
interface Ownership {
    id: string;
    transport: TransportName;
    fence: number;
    /** The last position of each stream that has events and has not ended. */
    positions: ReadonlyMap<number, number>;
}

/** A session whose MCP server runs in this process: the SDK's `Transport` on one side, the broker on the other. */
export class OwnedSession implements Transport, SessionInfo, InboxOwner, OutboxOwner {
    readonly transport: TransportName;
    readonly id: string;
    readonly authInfo: AuthInfo | undefined;
    readonly fence: number;
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
    readonly inbox: Inbox;
    readonly outbox: Outbox;
    /** Whether the client has used the session after opening it. */
    isUsed = false;
    /** Time of the last message, in milliseconds of the clock. */
    lastTraffic: number;
    /** Cancels the timer that ends the session when it is idle. */
    cancelIdle: () => void = () => {};
    readonly #context: SharedContext;
    readonly #state: StateOfSession;
    readonly #requests = new InFlightRequests();
    readonly #serverIds: ServerRequestIds;
    #onReplayed: ((message: JSONRPCMessage | undefined) => void) | undefined;
    #isClosed = false;
    #onQuiet: (() => void) | undefined;

    constructor(
        context: SharedContext,
        { id, transport, fence, positions }: Ownership,
        state: StateOfSession,
        authInfo: AuthInfo | undefined
    ) {
        this.#context = context;
        this.id = id;
        this.transport = transport;
        this.fence = fence;
        this.#state = state;
        this.authInfo = authInfo;
        this.#serverIds = new ServerRequestIds(fence);
        this.inbox = new Inbox(this, context.broker);
        this.outbox = new Outbox(this, context, positions);
        this.lastTraffic = context.clock.now();
    }

    get sessionId(): string {
        return this.id;
    }

    get inFlight(): number {
        return this.#requests.size;
    }

    /** The broker keeps the messages. */
    get bufferedBytes(): number {
        return 0;
    }

    get isOpen(): boolean {
        return this.#context.isHeld(this.id);
    }

    get hasEnded(): boolean {
        return this.#isClosed;
    }

    /** Part of the SDK's `Transport`, as `sessionId` is. */
    async start(): Promise<void> {}

    /** Ends the session. */
    async close(): Promise<void> {
        if (!this.#isClosed) this.#context.end(this.id, 'closed');
    }

    /** Sends a message for the client to the log of its stream. */
    async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
        if (this.#isClosed) return;
        const answers = 'method' in message ? undefined : message.id;
        if (answers !== undefined && this.#onReplayed) return this.#onReplayed(message);
        const request = this.#requests.find(answers ?? options?.relatedRequestId);
        // A cancelled request gets no reply. A late one could be taken for the reply to a new request with the same id.
        if (answers !== undefined && !request) return;
        const json = toJson(this.#serverIds.toClient(message));
        // Answers are limited by the requests in flight; notifications are not.
        if (this.outbox.length >= MAX_WAITING && answers === undefined)
            return this.#context.end(this.id, 'replay-lost');
        const stream = request?.stream ?? 0;
        if (answers === undefined || !request) this.#append(json, stream, undefined, false);
        else {
            const isEnd = this.#requests.settle(answers);
            this.#noteReply(request, message);
            this.#append(json, stream, request.entry, isEnd);
        }
        this.#context.observer.sent?.(this, message, json.length);
    }

    /** Sends a message of the session's past to its server again. Resolves with the reply, which no client gets. */
    replay(message: JSONRPCMessage, extra: MessageExtraInfo): Promise<JSONRPCMessage | undefined> {
        // A dropped session sends no reply.
        if (this.#isClosed) return Promise.resolve(undefined);
        return new Promise(resolve => {
            const isRequest = 'method' in message && 'id' in message;
            if (isRequest) {
                this.#onReplayed = reply => {
                    this.#onReplayed = undefined;
                    resolve(reply);
                };
            }
            this.onmessage?.(message, extra);
            if (!isRequest) resolve(undefined);
        });
    }

    /** Resolves when all requests are answered and all writes are done. */
    quiet(): Promise<void> {
        return new Promise(resolve => {
            this.#onQuiet = resolve;
            this.onEmpty();
        });
    }

    /** Gives a message to the MCP server, or answers it without. */
    run({ entry, stream, parsed, extra, bytes, attempts }: Received): void {
        this.lastTraffic = this.#context.clock.now();
        const id = replyTo(parsed);
        const request = toRequest(parsed);
        if (id !== undefined) this.#requests.begin(id, { entry, stream, request, extra });
        if (parsed.kind === 'bad-params') return this.#answer(id, entry, RpcCode.InvalidParams, parsed.problem);
        const refusal = request && toRefusal(request, bytes, attempts > 0 && !this.#context.isRepeatable(request));
        if (refusal) return this.#answer(id, entry, refusal.code, refusal.message);
        const { message } = parsed;
        if (!isOpening(message)) this.isUsed = true;
        // The SDK would apply a late cancellation to the next request with that id.
        if (id === undefined && !this.#settleOther(entry, message)) return;
        this.#context.observer.received?.(this, message, bytes);
        try {
            const own = this.#serverIds.toServer(message);
            if (own) this.onmessage?.(own, extra);
        } catch (error) {
            this.onerror?.(error as Error);
        }
    }

    onUnreadable(entry: number, error: unknown): void {
        this.#settle(entry);
        this.#context.noteFailure(error);
    }

    onFenced(): void {
        if (!this.#isClosed) this.#context.onFenced(this.id);
    }

    onError(error: unknown): void {
        this.#context.noteFailure(error);
    }

    onEmpty(): void {
        if (this.#requests.size === 0 && this.outbox.length === 0) this.#onQuiet?.();
    }

    /** Ends the MCP server of this process. Idempotent. */
    drop(): void {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.cancelIdle();
        this.inbox.close();
        this.outbox.close();
        this.#requests.clear();
        this.#onQuiet?.();
        this.#onReplayed?.(undefined);
        try {
            this.onclose?.();
        } catch (error) {
            this.#context.noteFailure(error);
        }
    }

    /** Answers a request without its server; settles any other message. */
    #answer(id: RequestId | undefined, entry: number, code: number, message: string): void {
        if (id === undefined) this.#settle(entry);
        // Only after the other requests of its batch are in flight.
        else queueMicrotask(() => void this.send({ jsonrpc: '2.0', id, error: { code, message } }));
    }

    /**
     * Settles a notification or a reply, and forgets the request that it cancels, which the broker has settled. Returns
     * false if it cancels a request that is not in flight.
     */
    #settleOther(entry: number, message: JSONRPCMessage): boolean {
        this.#settle(entry);
        const id = cancelledBy(message);
        if (id === undefined) return true;
        const isInFlight = this.#requests.find(id) !== undefined;
        this.#requests.settle(id);
        return isInFlight;
    }

    #settle(entry: number): void {
        this.outbox.add({ kind: 'settle', entries: [entry] });
    }

    #noteReply({ request, extra }: InFlightRequest, reply: JSONRPCMessage): void {
        if (request && 'result' in reply && this.#state.note(request, extra, reply.result as Result)) {
            this.outbox.add({ kind: 'save', state: this.#state.toBroker() });
        }
        if (request?.method === 'initialize' && 'error' in reply) this.#context.onRefused(this.id);
    }

    /** @param settles the entry of the inbox that the message answers. */
    #append(json: string, stream: number, settles: number | undefined, isEnd: boolean): void {
        this.outbox.add({
            kind: 'append',
            event: { stream, json, ...(settles !== undefined && { settles }) },
            done: position => {
                if (isEnd) this.outbox.forget(stream);
                this.#context.appended(this.id, stream, position, json, isEnd);
            }
        });
    }
}
