import type { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type MessageBounds, RpcCode, toIdInFlightMessage } from '@calc/transport/message';
import type {
    JSONRPCMessage,
    JSONRPCNotification,
    JSONRPCRequest,
    RequestId,
    Transport
} from '@modelcontextprotocol/server';
import { InFlight } from './in-flight.ts';
import { readLines } from './read-lines.ts';
import { type Rejection, readMessage } from './read-message.ts';

export interface StdioLimits extends MessageBounds {
    /** Most unanswered requests; at this number the transport stops reading. */
    maxInFlight: number;
    /** Most bytes that the client has not read; beyond it, notifications are dropped. */
    maxBufferedBytes: number;
    /** How long to wait for responses after the input has ended, in milliseconds. */
    lastAnswersMs: number;
}

/**
 * One JSON-RPC message a line, in both directions (MCP, stdio). The SDK's own transport drops lines that it cannot parse,
 * reads without a limit, and drops the requests in flight when the input ends.
 */
export class StdioTransport implements Transport {
    onclose: Transport['onclose'];
    onerror: Transport['onerror'];
    onmessage: Transport['onmessage'];
    readonly inFlight = new InFlight();
    readonly #input: Readable;
    readonly #output: Writable;
    readonly #limits: StdioLimits;
    #isClosed = false;

    constructor(input: Readable, output: Writable, limits: StdioLimits) {
        this.#input = input;
        this.#output = output;
        this.#limits = limits;
    }

    async start(): Promise<void> {
        // The client has closed its end, so it reads no further responses.
        this.#output.on('error', () => void this.close());
        void this.#read().then(() => this.close());
    }

    /** Settles when the system has accepted the message. @throws if the client has closed its end. */
    send(message: JSONRPCMessage): Promise<void> {
        const isResponse = !('method' in message);
        if (!isResponse && !isRequest(message) && this.#output.writableLength > this.#limits.maxBufferedBytes) {
            return Promise.resolve();
        }
        return new Promise<void>((resolve, reject) => {
            this.#output.write(`${JSON.stringify(message)}\n`, error => {
                // Only now: a client that does not read its responses must not send further requests.
                if (isResponse && message.id !== undefined) this.inFlight.remove(message.id);
                if (error) reject(error);
                else resolve();
            });
        });
    }

    async close(): Promise<void> {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.inFlight.clear();
        // An open pipe keeps the process alive.
        this.#input.destroy();
        this.onclose?.();
    }

    async #read(): Promise<void> {
        const { maxMessageBytes, maxInFlight, lastAnswersMs } = this.#limits;
        try {
            for await (const line of readLines(this.#input, maxMessageBytes)) {
                const read = readMessage(line, this.#limits);
                if (!read) continue;
                if ('rejection' in read) await this.#reject(read.rejection);
                else {
                    if (isRequest(read.message)) await this.inFlight.fewerThan(maxInFlight);
                    if (this.#isClosed) return;
                    await this.#receive(read.message);
                }
            }
        } catch {
            // A broken input counts as ended.
        }
        // The requests of the last lines are in flight after this turn of the event loop.
        await setImmediate();
        await this.inFlight.settled(lastAnswersMs);
    }

    async #receive(message: JSONRPCMessage): Promise<void> {
        if (isRequest(message)) {
            const reception = this.inFlight.add(message);
            // The response to the first request answers both.
            if (reception === 'repeated') return;
            if (reception === 'conflict') {
                const problem = toIdInFlightMessage(message.id);
                return this.#reject({ id: null, code: RpcCode.InvalidRequest, message: problem });
            }
        } else if ('method' in message) {
            const id = readCancelledId(message);
            if (id !== undefined) this.inFlight.remove(id);
        }
        this.onmessage?.(message);
    }

    /** Sends an error with id null if its id is in flight: the client would take it for the response to that request. */
    async #reject({ id, code, message }: Rejection): Promise<void> {
        const shown = id !== null && this.inFlight.has(id) ? null : id;
        const response = JSON.stringify({ jsonrpc: '2.0', id: shown, error: { code, message } });
        await new Promise(resolve => this.#output.write(`${response}\n`, resolve));
    }
}

function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
    return 'method' in message && 'id' in message;
}

/** The id of the request that a notification cancels; undefined if the SDK ignores the notification. */
function readCancelledId({ method, params }: JSONRPCNotification): RequestId | undefined {
    if (method !== 'notifications/cancelled') return undefined;
    const { requestId, reason } = params ?? {};
    const isValid = typeof requestId === 'string' || typeof requestId === 'number';
    return isValid && (reason === undefined || typeof reason === 'string') ? requestId : undefined;
}
