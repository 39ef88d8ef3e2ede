import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { AbortGroup } from '../http/abort-group.ts';
import { isEventStream } from '../http/bound-body.ts';
import { type Asked, fetchAgain } from '../http/fetch-again.ts';
import { RETRY_HEADER, toRetryError, toRetryKey } from '../http/idempotency-key.ts';
import { isRedirect, toRefusal } from '../http/refusal.ts';
import type { SendOptions } from '../session/renewable-transport.ts';
import { repeatAfter, type Timing } from '../timing.ts';
import { describeFailure, nameOf, sessionGone, TransportError } from '../transport-error.ts';
import type { DropReporter } from './drop-reporter.ts';
import { PendingRequests } from './pending-requests.ts';
import { type EndedStream, watchStream } from './watch-stream.ts';

/** What the sessions of one transport share. */
export interface Link {
    readonly fetch: FetchLike;
    readonly timing: Timing;
    readonly drops: DropReporter;
    /** Whether the server has answered a request. From then on, a failure is a drop. */
    wasAnswered: boolean;
}

/** What a session reports. After `end` it reports messages only. */
export interface SessionListener {
    message(message: JSONRPCMessage): void;
    error(error: Error): void;
    lost(id: RequestId, heardAt: number): void;
    noStream(reason: TransportError): void;
    /** The server does not know the session any more. */
    gone(): void;
    /** The connection cannot continue; `reason` is missing if the SDK's transport was closed. */
    failed(reason?: Error): void;
}

/**
 * One session of Streamable HTTP. The SDK's transport speaks the protocol. This class sees the statuses and headers in
 * the `fetch` of that transport, because the SDK offers no other place: it repeats requests, finds out that the session
 * is gone, and notices which request loses its reply when a stream breaks.
 */
export class StreamableSession {
    readonly #link: Link;
    readonly #listener: SessionListener;
    readonly #transport: Transport;
    readonly #ended = new AbortGroup();
    readonly #requests = new PendingRequests();
    /** Whether a GET has opened a stream. A server without one may answer 404, as if it did not know the session. */
    #hadStream = false;
    #isWithoutStream = false;
    /** Number of streams in a row that ended early and without a message. */
    #uselessStreams = 0;

    constructor(open: (fetch: FetchLike) => Transport, link: Link, listener: SessionListener) {
        this.#link = link;
        this.#listener = listener;
        this.#transport = open((url, init) => this.#fetch(new URL(url), init));
        this.#transport.onmessage = (message: JSONRPCMessage) => {
            if (!('method' in message) && message.id !== undefined) this.#requests.delete(message.id);
            listener.message(message);
        };
        this.#transport.onerror = error => this.#ended.isAborted || listener.error(error);
        this.#transport.onclose = () => this.#ended.isAborted || listener.failed();
    }

    start(): Promise<void> {
        return this.#transport.start();
    }

    setProtocolVersion(version: string): void {
        this.#transport.setProtocolVersion?.(version);
    }

    async send(message: JSONRPCMessage, options: SendOptions = {}): Promise<void> {
        const id = 'method' in message && 'id' in message ? message.id : undefined;
        if (id !== undefined) this.#requests.add(id, options, this.#link.timing.clock.now());
        // The stream of a cancelled request ends without a reply; that is not a drop.
        if ('method' in message && message.method === 'notifications/cancelled') {
            this.#requests.delete(message.params?.requestId as RequestId);
        }
        try {
            await this.#transport.send(message);
        } catch (error) {
            // A TypeError: the body of the reply broke off.
            if (!(error instanceof TypeError) || this.#ended.isAborted || !this.#requests.has(id)) throw error;
            this.#lose(id);
        }
    }

    /** Ends all requests with a reason, and the SDK's transport. */
    async end(reason: Error): Promise<void> {
        this.#ended.abort(reason);
        await this.#transport.close();
    }

    async #fetch(url: URL, init: RequestInit = {}): Promise<Response> {
        try {
            const headers = new Headers(init.headers);
            if (init.method === 'GET') return await this.#get(url, init, headers);
            if (init.method === 'POST') return await this.#post(url, init, headers);
            return (await this.#ask(url, undefined, () => this.#link.fetch(url, init))).response;
        } catch (error) {
            // The SDK's transport reopens its stream even after it was closed. It stops at 405.
            if (init.method === 'GET' && this.#ended.isAborted) return new Response(null, { status: 405 });
            throw error;
        }
    }

    async #post(url: URL, init: RequestInit, headers: Headers): Promise<Response> {
        const { method, id } = JSON.parse(String(init.body));
        const request: RequestId | undefined = method === undefined ? undefined : id;
        const isOfSession = headers.has('mcp-session-id');
        if (!isOfSession && !this.#link.wasAnswered) return this.#watch(await this.#askFirst(url, init), request);
        const { retryMs = 0, heardAt } = this.#requests.get(request)?.options ?? {};
        const asked = await this.#ask(url, request, isRetry => {
            const isMarked = (heardAt !== undefined || isRetry) && retryMs > 0;
            if (isMarked && request !== undefined) headers.set(RETRY_HEADER, toRetryKey(request));
            return this.#link.fetch(url, { ...init, headers });
        });
        if (isOfSession) await this.#throwIfGone(asked);
        const { response } = asked;
        const retryError = retryMs > 0 ? await toRetryError(response, url) : undefined;
        if (retryError) throw retryError;
        if (isRefusal(response)) throw await toRefusal(response, url, 'refused');
        if (response.ok) this.#up();
        return this.#watch(response, request);
    }

    /** A connection that fails before the server has answered anything is reported at once. */
    async #askFirst(url: URL, init: RequestInit): Promise<Response> {
        const response = await this.#link.fetch(url, init).catch(cause => {
            const message = `cannot reach ${nameOf(url)}: ${describeFailure(cause)}`;
            throw new TransportError('unreachable', message, { cause });
        });
        this.#link.wasAnswered = response.ok;
        return response;
    }

    /** Opens the stream of the session, or resumes that of a request. */
    async #get(url: URL, init: RequestInit, headers: Headers): Promise<Response> {
        const request = this.#requests.takeBroken(headers.get('last-event-id') ?? '');
        await this.#waitForStream();
        const asked = await this.#ask(url, undefined, () => this.#link.fetch(url, init));
        const { response } = asked;
        const isStream = response.ok && isEventStream(response);
        const isWithout = response.status === 405 || (response.ok && !isStream);
        if (!isStream && !isRedirect(response) && (isWithout || !this.#hadStream)) {
            return await this.#refuseStream(response, url, request);
        }
        if (headers.has('mcp-session-id')) await this.#throwIfGone(asked);
        if (isStream) this.#hadStream = true;
        if (response.ok) this.#up();
        // A resumption is never answered with JSON.
        if (!isStream) this.#lose(request);
        return this.#watch(response, request);
    }

    /** Handles an answer that says that there is no stream (MCP, Listening for Messages from the Server). */
    async #refuseStream(response: Response, url: URL, request: RequestId | undefined): Promise<Response> {
        const reason = await toRefusal(response, url, 'not-found');
        this.#lose(request);
        if (!this.#isWithoutStream && !this.#ended.isAborted) this.#listener.noStream(reason);
        this.#isWithoutStream = true;
        // The SDK's transport then knows that the server has no stream, and does not ask again.
        return new Response(null, { status: 405 });
    }

    async #ask(url: URL, request: RequestId | undefined, ask: (isRetry: boolean) => Promise<Response>): Promise<Asked> {
        const { timing, drops } = this.#link;
        const options = this.#requests.get(request)?.options ?? {};
        const onUnanswered = (reason: Error, retryInMs: number) =>
            this.#ended.isAborted || drops.dropped(reason, retryInMs);
        try {
            return await this.#ended.run(signal => fetchAgain(ask, { ...options, url, timing, signal, onUnanswered }));
        } catch (error) {
            // A server that has not answered for so long will not answer anything else.
            if (error instanceof TransportError && error.code === 'unreachable' && error.status === undefined) {
                const message = `${error.message}, and has not come back within ${timing.giveUpAfterMs} ms`;
                this.#fail(new TransportError('gave-up', message, { cause: error }));
            }
            throw error;
        }
    }

    /**
     * Waits before a stream is opened, longer each time, while streams end at once and without a message. The SDK's
     * transport starts its own count anew with each answer.
     */
    async #waitForStream(): Promise<void> {
        const { clock, random } = this.#link.timing;
        if (this.#uselessStreams > 0)
            await this.#ended.sleep(repeatAfter(this.#uselessStreams - 1, undefined, random), clock);
    }

    async #throwIfGone({ response, mayHaveArrived }: Asked): Promise<void> {
        // Some servers answer 400 for an unknown session. While the connection is up, 400 is about the message.
        if (response.status !== 404 && (response.status !== 400 || !this.#link.drops.isDown)) return;
        await response.body?.cancel();
        if (!this.#ended.isAborted) this.#listener.gone();
        throw sessionGone(mayHaveArrived);
    }

    /** Follows an event stream, so that a request is not forgotten when the stream of its reply breaks. */
    #watch(response: Response, request: RequestId | undefined): Response {
        if (!isEventStream(response)) return response;
        const { timing } = this.#link;
        return watchStream(response, timing, {
            heard: () => {
                const pending = this.#requests.get(request);
                if (pending) pending.heardAt = timing.clock.now();
            },
            error: error => this.#listener.error(error),
            tooLarge: error => this.#fail(error),
            ended: stream => {
                this.#uselessStreams = stream.isUseful ? 0 : this.#uselessStreams + 1;
                // A reply at the end of the stream is still on its way through the SDK's parser.
                setTimeout(() => this.#onStreamEnded(request, stream));
            }
        });
    }

    #onStreamEnded(request: RequestId | undefined, { lastEventId, retryMs }: EndedStream): void {
        if (this.#ended.isAborted || (request !== undefined && !this.#requests.has(request))) return;
        this.#link.drops.dropped(new TransportError('unreachable', 'the stream ended'), retryMs);
        if (request === undefined) return;
        if (lastEventId === undefined) this.#lose(request);
        else this.#requests.noteBroken(lastEventId, request);
    }

    #lose(request: RequestId | undefined): void {
        const pending = this.#requests.get(request);
        if (pending && request !== undefined && !this.#ended.isAborted) this.#listener.lost(request, pending.heardAt);
    }

    #up(): void {
        if (!this.#ended.isAborted) this.#link.drops.resumed();
    }

    #fail(reason: Error): void {
        if (!this.#ended.isAborted) this.#listener.failed(reason);
    }
}

/** Whether the server does not take the message. The SDK's transport handles 401, 403 and redirects. */
function isRefusal(response: Response): boolean {
    return !response.ok && !isRedirect(response) && response.status !== 401 && response.status !== 403;
}
