import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { AbortGroup } from '../http/abort-group.ts';
import { isEventStream } from '../http/bound-body.ts';
import { fetchAgain, type Repetition } from '../http/fetch-again.ts';
import { isRedirect, isUnauthorized, toRefusal } from '../http/refusal.ts';
import type { SendOptions } from '../session/renewable-transport.ts';
import { repeatAfter } from '../timing.ts';
import { isSessionGone, TransportError, unreachable } from '../transport-error.ts';
import type { SessionHost } from './session-host.ts';
import { type EndedStream, watchStream } from './watch-stream.ts';

/** A request that has no reply yet. */
interface PendingRequest {
    id: RequestId;
    options: SendOptions;
    /** When the server was last heard on the connection of the request, in milliseconds of the clock. */
    heardAt: number;
    /** The id of the last event before its stream broke. */
    brokeAfter?: string;
}

/**
 * One session of Streamable HTTP. The SDK's transport speaks the protocol. This class sees the statuses and headers in
 * the `fetch` of that transport, because the SDK offers no other place: it repeats requests, finds out that the session
 * is gone, and notices which request loses its reply when a stream breaks.
 */
export class StreamableSession {
    readonly #host: SessionHost;
    /** The SDK's transport. */
    readonly transport: Transport;
    readonly #ended = new AbortGroup();
    readonly #requests = new Map<unknown, PendingRequest>();
    /** Whether a GET has opened a stream. A server without one may answer 404, as if it did not know the session. */
    #hadStream = false;
    #isWithoutStream = false;
    /** Number of streams in a row that ended early and without a message. */
    #uselessStreams = 0;

    constructor(open: (fetch: FetchLike) => Transport, host: SessionHost) {
        this.#host = host;
        this.transport = open((url, init) => this.#fetch(new URL(url), init));
        this.transport.onmessage = (message: JSONRPCMessage) => {
            if (!('method' in message)) this.#requests.delete(message.id);
            host.message(message);
        };
        this.transport.onerror = error => this.#live?.error(error);
        this.transport.onclose = () => this.#live?.failed();
    }

    /** The host, until the session has ended. */
    get #live(): SessionHost | undefined {
        return this.#ended.isAborted ? undefined : this.#host;
    }

    async send(message: JSONRPCMessage, options: SendOptions = {}): Promise<void> {
        const id = 'method' in message && 'id' in message ? message.id : undefined;
        if (id !== undefined) this.#requests.set(id, { id, options, heardAt: this.#host.timing.clock.now() });
        // The stream of a cancelled request ends without a reply; that is not a drop.
        if ('method' in message && message.method === 'notifications/cancelled') {
            this.#requests.delete(message.params?.requestId);
        }
        try {
            await this.transport.send(message);
        } catch (error) {
            // A TypeError: the body of the reply broke off.
            if (!(error instanceof TypeError) || this.#ended.isAborted || !this.#requests.has(id)) throw error;
            this.#lose(this.#requests.get(id));
        }
    }

    /** Ends all requests with a reason, and the SDK's transport. */
    async end(reason: Error): Promise<void> {
        this.#ended.abort(reason);
        await this.transport.close();
    }

    async #fetch(url: URL, init: RequestInit = {}): Promise<Response> {
        try {
            const headers = new Headers(init.headers);
            if (init.method === 'GET') return await this.#get(url, init, headers);
            if (init.method === 'POST') return await this.#post(url, init, headers);
            return await this.#ask({ url }, () => this.#host.fetch(url, init));
        } catch (error) {
            // The SDK's transport reopens its stream even after it was closed. It stops at 405.
            if (init.method === 'GET' && this.#ended.isAborted) return new Response(null, { status: 405 });
            throw error;
        }
    }

    async #post(url: URL, init: RequestInit, headers: Headers): Promise<Response> {
        const { method, id } = JSON.parse(String(init.body));
        const request = method === undefined ? undefined : this.#requests.get(id);
        const isOfSession = headers.has('mcp-session-id');
        if (!isOfSession && !this.#host.wasAnswered) {
            // A connection that fails before the server has answered anything is reported at once.
            const response = await this.#host.fetch(url, init).catch(cause => {
                throw unreachable(url, cause);
            });
            this.#host.wasAnswered = response.ok;
            return this.#watch(response, request);
        }
        const meansGone = (status: number) => isOfSession && this.#isUnknownSession(status);
        const repetition = { ...request?.options, url, requestId: request?.id, meansGone };
        const response = await this.#ask(repetition, mark => {
            for (const [name, value] of Object.entries(mark)) headers.set(name, value);
            return this.#host.fetch(url, { ...init, headers });
        });
        // The SDK's transport handles 401, 403 and redirects.
        if (!response.ok && !isRedirect(response) && !isUnauthorized(response)) {
            throw await toRefusal(response, url, 'refused');
        }
        if (response.ok) this.#live?.state({ name: 'resumed' });
        return this.#watch(response, request);
    }

    /** Opens the stream of the session, or resumes that of a request. */
    async #get(url: URL, init: RequestInit, headers: Headers): Promise<Response> {
        const lastEventId = headers.get('last-event-id');
        const request = Array.from(this.#requests.values()).find(({ brokeAfter }) => brokeAfter === lastEventId);
        const { clock, random } = this.#host.timing;
        // The SDK's transport waits as if each stream that ends at once were the first.
        if (this.#uselessStreams > 0) {
            await this.#ended.sleep(repeatAfter(this.#uselessStreams - 1, undefined, random), clock);
        }
        const isOfSession = headers.has('mcp-session-id');
        const meansGone = (status: number) => isOfSession && this.#hadStream && this.#isUnknownSession(status);
        const response = await this.#ask({ url, meansGone }, () => this.#host.fetch(url, init));
        const isStream = response.ok && isEventStream(response);
        const isWithout = response.status === 405 || (response.ok && !isStream);
        // A resumption is never answered with JSON.
        if (!isStream) this.#lose(request);
        if (!isStream && !isRedirect(response) && (isWithout || !this.#hadStream)) {
            return await this.#refuseStream(response, url);
        }
        if (isStream) this.#hadStream = true;
        if (response.ok) this.#live?.state({ name: 'resumed' });
        return this.#watch(response, request);
    }

    /** Handles an answer that says that there is no stream (MCP, Listening for Messages from the Server). */
    async #refuseStream(response: Response, url: URL): Promise<Response> {
        const reason = await toRefusal(response, url, 'not-found');
        if (!this.#isWithoutStream) this.#live?.noStream(reason);
        this.#isWithoutStream = true;
        // The SDK's transport then knows that the server has no stream, and does not ask again.
        return new Response(null, { status: 405 });
    }

    /** Some servers answer 400 for an unknown session. While the connection is up, 400 is about the message. */
    #isUnknownSession(status: number): boolean {
        return status === 404 || (status === 400 && this.#host.isDown);
    }

    async #ask(
        repetition: Omit<Repetition, 'timing' | 'signal'>,
        ask: Parameters<typeof fetchAgain>[0]
    ): Promise<Response> {
        const { timing } = this.#host;
        const onUnanswered = (reason: Error, retryInMs: number) =>
            this.#live?.state({ name: 'dropped', reason, retryInMs });
        try {
            return await this.#ended.run(signal => fetchAgain(ask, { ...repetition, timing, signal, onUnanswered }));
        } catch (error) {
            if (isSessionGone(error)) this.#live?.gone();
            // A server that has not answered for so long will not answer anything else.
            if (error instanceof TransportError && error.code === 'unreachable' && error.status === undefined) {
                const message = `${error.message}, and has not come back within ${timing.giveUpAfterMs} ms`;
                this.#live?.failed(new TransportError('gave-up', message, { cause: error }));
            }
            throw error;
        }
    }

    /** Follows an event stream, so that a request is not forgotten when the stream of its reply breaks. */
    #watch(response: Response, request: PendingRequest | undefined): Response {
        if (!isEventStream(response)) return response;
        const { timing } = this.#host;
        return watchStream(response, timing, {
            heard: () => {
                if (request) request.heardAt = timing.clock.now();
            },
            error: error => this.#host.error(error),
            ended: (stream, error) => {
                if (error instanceof TransportError) return this.#live?.failed(error);
                this.#uselessStreams = stream.isUseful ? 0 : this.#uselessStreams + 1;
                // A reply at the end of the stream is still on its way through the SDK's parser.
                setTimeout(() => this.#onStreamEnded(request, stream));
            }
        });
    }

    #onStreamEnded(request: PendingRequest | undefined, { lastEventId, retryMs }: EndedStream): void {
        if (request && !this.#isPending(request)) return;
        const reason = new TransportError('unreachable', 'the stream ended');
        this.#live?.state({ name: 'dropped', reason, ...(retryMs !== undefined && { retryInMs: retryMs }) });
        if (lastEventId === undefined) this.#lose(request);
        else if (request) request.brokeAfter = lastEventId;
    }

    #lose(request: PendingRequest | undefined): void {
        if (request && this.#isPending(request)) this.#live?.lost(request.id, request.heardAt);
    }

    #isPending(request: PendingRequest): boolean {
        return this.#requests.get(request.id) === request;
    }
}
