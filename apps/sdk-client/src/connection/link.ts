import { TransportError } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { isJSONRPCNotification } from '@modelcontextprotocol/sdk/types.js';
import type { CliError } from '../errors/cli-error.ts';
import { version } from '../version.ts';
import type { ConnectOptions, Listener, TransportKind } from './connection.ts';
import { NoStreamableHttp } from './fallback.ts';
import { Http } from './http.ts';
import { interrupted, rejectOnAbort, withinFarewell } from './interruption.ts';
import { isNotAMessage, isOutcomeUnknown, toNoStream, toRequestError, toStreamError } from './request-errors.ts';
import { type ClientTransport, createTransport } from './transport.ts';

/** What a connection consists of while it opens, while it is open and while it closes, and the reason why it ended. */
export class Link {
    readonly ended: Promise<never>;
    readonly silent: Promise<never>;
    readonly listeners = new Set<Listener>();
    readonly #options: ConnectOptions;
    readonly #http: Http;
    /** Aborts with the first failure, which is the cause of all that follow. */
    readonly #end = new AbortController();
    readonly #silence = new AbortController();
    readonly #interrupt = () => this.fail(interrupted());
    #client: Client | undefined;
    #carrier: ClientTransport | undefined;

    constructor(options: ConnectOptions) {
        const { signal } = options;
        this.#options = options;
        this.#http = new Http(options, error => this.fail(error));
        this.ended = rejectOnAbort(this.#end.signal);
        this.silent = rejectOnAbort(this.#silence.signal);
        if (signal.aborted) this.#interrupt();
        signal.addEventListener('abort', this.#interrupt, { once: true });
    }

    /** Ends the connection. */
    fail(error: CliError): void {
        this.#end.abort(error);
    }

    /**
     * Connects and initializes over one transport. A client of the SDK cannot be used again after a failed start, so each
     * attempt creates one.
     *
     * @throws {NoStreamableHttp} if `mayFallBack` is set and HTTP+SSE should be tried.
     */
    async open(kind: TransportKind, mayFallBack: boolean) {
        const { url, connectTimeoutMs, trace } = this.#options;
        const fetch = this.#http.createFetch(kind, mayFallBack);
        const onNoStream = (reason: TransportError) => {
            trace?.note(`no stream of the server's own: ${reason.message}`);
            this.#silence.abort(toNoStream(url, reason));
        };
        const carrier = createTransport(kind, { ...this.#options, fetch, onNoStream });
        const client = new Client({ name: '@calc/sdk-client', version });
        const { transport } = carrier;
        this.#client = client;
        this.#carrier = carrier;
        client.onerror = error => this.#onError(error, transport.protocolVersion !== undefined);
        client.onclose = () => {
            const { closeReason } = transport;
            if (closeReason) this.fail(toRequestError('the connection', closeReason, this.#options));
        };
        // The SDK calls this handler as well as its own.
        transport.onmessage = message => {
            if (isJSONRPCNotification(message)) for (const listener of this.listeners) listener(message);
        };
        await this.attempt('initialize', () => client.connect(transport, { timeout: connectTimeoutMs }));
        return { ...carrier, client, protocolVersion: transport.protocolVersion ?? '' };
    }

    /** Runs the work of one request until the connection ends, and makes a CliError of every failure. */
    async attempt<T>(method: string, work: () => Promise<T>): Promise<T> {
        try {
            this.#end.signal.throwIfAborted();
            return await Promise.race([work(), this.ended]);
        } catch (error) {
            const older = findNoStreamableHttp(error);
            if (older) throw older;
            // After the first failure others say less, except that a request may have been executed.
            if (!this.#end.signal.aborted || isOutcomeUnknown(error))
                throw toRequestError(method, error, this.#options);
            throw this.#end.signal.reason;
        }
    }

    async close(): Promise<void> {
        const { signal, trace } = this.#options;
        signal.removeEventListener('abort', this.#interrupt);
        // A cancellation may be on its way after an interruption or a time limit. A server that is gone gets none.
        if (signal.aborted || !this.#end.signal.aborted) await withinFarewell(this.#http.settle());
        // The client closes before the session ends: otherwise the end would look like a drop.
        await this.#client?.close();
        await withinFarewell(this.#carrier?.endSession());
        this.#http.abort();
        await trace?.settle();
    }

    #onError(error: Error, isOpen: boolean): void {
        const { url, trace } = this.#options;
        if (isOpen && isNotAMessage(error)) return trace?.note(`passed over: ${error.message}`);
        const problem = toStreamError(url, error);
        if (problem) this.fail(problem);
    }
}

/** Finds the refusal of Streamable HTTP; the transport wraps it like a failure of the network. */
function findNoStreamableHttp(error: unknown): NoStreamableHttp | undefined {
    const cause = error instanceof TransportError ? error.cause : error;
    return cause instanceof NoStreamableHttp ? cause : undefined;
}
