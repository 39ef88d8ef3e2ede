import type { ServerResponse } from 'node:http';
import { BrokerUnavailable, type Reading } from '../../broker/broker.ts';
import { ResponseStream, type ResponseStreamOwner } from '../../server/delivery/response-stream.ts';
import { rejectRequest } from '../../server/http/reject-request.ts';
import type { DropReason } from '../../server/observer.ts';
import type { TransportName } from '../../server/types.ts';
import { STREAM_HEADERS, toRetry } from '../../server/wire/framing.ts';
import type { OpenStream, SharedContext, StreamPlace } from '../shared-context.ts';
import { Backlog, READ_LIMIT, toBatches } from './backlog.ts';
import { Heartbeat } from './heartbeat.ts';
import { Later } from './later.ts';
import { type Events, sendOnlyMessage, toOnlyMessage } from './only-message.ts';
import type { Unanswered } from './unanswered.ts';

/** Time until a process that may not act looks again, in milliseconds. */
const LOOK_AGAIN_MS = 250;

/**
 * A response of this process that carries the events of one stream. It keeps no event: what the network does not take
 * stays in the log of the broker, and is read when the client has caught up.
 */
export class HeldStream implements ResponseStreamOwner, OpenStream {
    readonly transport: TransportName;
    readonly sessionId: string;
    readonly number: number;
    readonly response: ServerResponse;
    /** The position of the last event that was written. */
    position = 0;
    #resolveClosed = () => {};
    /** Resolves when the response has ended or the client has disconnected. */
    readonly closed = new Promise<void>(resolve => {
        this.#resolveClosed = resolve;
    });
    isClosed = false;
    /** Whether it is known what the client has. */
    hasBegun = false;
    /** Whether another response may carry the stream now. Then nothing is sent. */
    isDoubtful = false;
    readonly #context: SharedContext;
    #stream: ResponseStream | undefined;
    /** There while it is not decided whether the answer is JSON. */
    #undecided: { opening: string; cancel(): void } | undefined;
    /** Only of the response to a POST. */
    #unanswered: Unanswered | undefined;
    #isReading = false;
    /** Whether there may be events that are not written. */
    #isBehind = false;
    readonly #backlog: Backlog;
    #dropReason: DropReason = 'disconnected';
    #heartbeat: Heartbeat | undefined;
    /** While this process may not act, no wake need follow. */
    readonly #lookLater: Later;

    constructor(context: SharedContext, { transport, sessionId, number }: StreamPlace, res: ServerResponse) {
        this.#context = context;
        this.transport = transport;
        this.sessionId = sessionId;
        this.number = number;
        this.response = res;
        this.#backlog = new Backlog(context, this);
        this.#lookLater = new Later(context.clock, LOOK_AGAIN_MS, () => void this.look());
    }

    get isOpen(): boolean {
        return this.#stream !== undefined && !this.isClosed;
    }

    /** Sends the headers, and heartbeats from now on. @param opening see `StreamStart`. */
    open(opening: string): void {
        if (this.isClosed) return;
        const headers = this.transport === 'sse' ? this.#context.sseHeaders : STREAM_HEADERS;
        const start = { headers, closesConnection: this.number === 0, opening };
        this.#stream = new ResponseStream(this.response, this, start);
        this.#stream.begin();
        const { clock, limits } = this.#context;
        this.#heartbeat = new Heartbeat(clock, limits.heartbeatMs, this.#stream);
        this.#context.onOpened(this);
    }

    /** Writes whole events that are not in the log, such as the endpoint event. */
    write(events: string): void {
        this.#stream?.write(events);
        this.#heartbeat?.touch();
    }

    /** Begins with the events after a position. @param last the last event that waits already. */
    begin(position: number, last = position): void {
        this.position = position;
        this.#backlog.note(last);
        this.hasBegun = true;
        if (this.response.destroyed) return this.onStreamClosed();
        void this.look();
    }

    /** Answers a POST: with JSON if the only reply comes within `ms`, else with an event stream. */
    decideLater(opening: string, ms: number, unanswered: Unanswered): void {
        const cancel = this.#context.clock.schedule(() => this.#decide(), ms);
        this.#undecided = { opening, cancel };
        this.#unanswered = unanswered;
        this.hasBegun = true;
        this.response.on('close', () => this.#stream ?? this.onStreamClosed());
        if (this.response.destroyed) this.onStreamClosed();
    }

    /** Writes an event that the owner, this process, has appended. If it is not the next one, reads the log. */
    offer(position: number | undefined, json: string, isEnd: boolean): void {
        const isCaughtUp = !this.#isReading && !this.#isBehind && position === this.position + 1;
        if (isCaughtUp && this.#canTake) this.#take({ events: [{ position, json }], last: position, ended: isEnd });
        else void this.look();
    }

    /** Reads the log and writes what is new, as far as the client keeps up. */
    async look(): Promise<void> {
        this.#isBehind = true;
        if (this.#isReading) return;
        this.#isReading = true;
        try {
            while (this.#isBehind && (this.#canTake || (await this.#waitForClient()))) {
                this.#isBehind = false;
                const { broker } = this.#context;
                const reading = await broker.read(this.sessionId, this.number, this.position, READ_LIMIT);
                if (typeof reading !== 'string') this.#take(reading);
                else if (!this.isClosed) return this.#fail(reading);
            }
        } catch (error) {
            this.#isBehind = true;
            // The broker wakes this process when it is available again.
            if (!(error instanceof BrokerUnavailable)) this.#context.noteFailure(error);
        } finally {
            this.#isReading = false;
            if (this.#isBehind && !this.isClosed && !this.#context.isInLease()) this.#lookLater.start();
        }
    }

    /** The client has caught up. */
    flush(): void {
        if (this.#isBehind) void this.look();
    }

    onStreamClosed(): void {
        if (this.isClosed) return;
        this.#close();
        this.#context.onDropped(this, this.#dropReason);
    }

    /** Ends the response after what was written. @param retryMs how long the client should wait until it comes back. */
    release(retryMs?: number): void {
        if (this.isClosed) return;
        // The response to a POST is not an error: the client would conclude that the request was not run.
        this.#decide();
        if (this.#stream) {
            if (retryMs !== undefined) this.#stream.writeComment(`${toRetry(retryMs)}: continue elsewhere\n\n`);
            this.#stream.end(this.#context.clock);
        } else if (!this.response.writableEnded) this.response.destroy();
        this.#finish();
    }

    /** Makes way for a newer response with the same stream. */
    supersede(): void {
        if (this.isClosed) return;
        // A stream that has ended has no holder, so the answer may be sent or not. The client has to ask again.
        if (this.isDoubtful && this.number > 0) return this.destroy();
        if (!this.#undecided) return this.release();
        rejectRequest(this.response, this.#context.observer, 'repeated');
        this.#finish();
    }

    destroy(): void {
        if (this.isClosed) return;
        this.response.destroy();
        this.#finish();
    }

    /** Whether it could write an event now. */
    get #canTake(): boolean {
        const isReady = this.#undecided !== undefined || this.#stream?.ready === true;
        return isReady && this.hasBegun && !this.isClosed && !this.isDoubtful && this.#context.isInLease();
    }

    /** Disconnects a client that is too far behind. Returns whether it has caught up meanwhile. */
    async #waitForClient(): Promise<boolean> {
        if (!this.#stream || this.#stream.ready || this.isClosed) return false;
        if (await this.#backlog.isTooLarge()) {
            this.#dropReason = 'slow-reader';
            this.#stream.destroy();
            this.onStreamClosed();
        }
        return this.#canTake;
    }

    #take(reading: Events): void {
        if (!this.#canTake) {
            this.#isBehind = true;
            return;
        }
        if (this.#undecided) {
            const json = this.#unanswered?.isBatch ? undefined : toOnlyMessage(reading);
            if (json !== undefined) {
                sendOnlyMessage(this.response, json);
                return this.#finish();
            }
            if (reading.events.length === 0 && !reading.ended) return;
            this.#decide();
        }
        for (const { text, position } of toBatches(this, reading)) {
            this.write(text);
            this.position = position;
            this.#backlog.note(position);
            if (!this.#stream?.ready) break;
        }
        this.#unanswered?.note(reading, this.position);
        if (reading.last > this.position) this.#isBehind = true;
        else if (reading.ended) this.release();
    }

    #decide(): void {
        if (!this.#undecided) return;
        const { opening, cancel } = this.#undecided;
        cancel();
        this.#undecided = undefined;
        this.open(opening);
    }

    /** The log no longer has what the client needs, or is gone with its session. */
    #fail(reading: Extract<Reading, string>): void {
        if (reading === 'trimmed' && this.number === 0) return this.#context.end(this.sessionId, 'replay-lost');
        const unanswered = this.#unanswered;
        if (!unanswered || (reading !== 'trimmed' && !unanswered.isRepeat)) return this.release();
        if (this.#undecided) {
            rejectRequest(this.response, this.#context.observer, 'answer-lost', unanswered.id);
            return this.#finish();
        }
        this.#context.observer.rejected?.('answer-lost', this.response);
        this.write(unanswered.toLostReplies());
        this.release();
    }

    #close(): void {
        this.isClosed = true;
        this.#undecided?.cancel();
        this.#heartbeat?.stop();
        this.#lookLater.cancel();
        this.#resolveClosed();
    }

    #finish(): void {
        this.#close();
        this.#context.onEnded(this);
    }
}
