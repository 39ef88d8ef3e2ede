import type { ConnectionState } from '../connection-state.ts';
import { LONGEST_WAIT_MS, repeatAfter, type Timing } from '../timing.ts';
import { nameOf, sessionGone, TransportError, type TransportErrorCode } from '../transport-error.ts';
import { openEventStream } from './sse-connection.ts';

/** The wait after a drop if the server has not set one by `retry`, in milliseconds. */
const DEFAULT_RETRY_MS = 1000;

/** Errors that another attempt would only repeat. 404 is not one: a server may answer it while it restarts. */
const FINAL = new Set<TransportErrorCode>(['unauthorized', 'redirected', 'ended', 'too-large']);

/** What a stream needs, and where it reports. */
interface StreamHost {
    readonly url: URL;
    readonly timing: Timing;
    /** Sends one GET. */
    get(init: RequestInit): Promise<Response>;
    /** Called for each event, before any other function. */
    event(type: 'endpoint' | 'message', data: string): void;
    /** The stream named an endpoint for the first time, or another one than before: a new session. */
    session(endpoint: URL): void;
    /** The stream dropped, or is back and named the same endpoint. */
    state(state: ConnectionState): void;
    /** The stream ended for good. */
    failed(reason: TransportError): void;
}

/** An event stream of HTTP+SSE that reconnects with `Last-Event-ID` after a drop. */
export class ReconnectingStream {
    /** Whether the connection was lost and has not named its endpoint since. */
    isDown = false;
    readonly #host: StreamHost;
    #endpoint: URL | undefined;
    #wasOpen = false;
    #lastEventId = '';
    #retryMs = DEFAULT_RETRY_MS;
    /** Number of attempts since the stream last brought a message or stayed open for long. */
    #attempts = 0;
    /** Whether the session was already gone, with no message since. */
    #wasGone = false;
    /** When the stream named its endpoint, in milliseconds of the clock. */
    #openedAt: number | undefined;
    #closeConnection = () => {};
    #cancelRetry = () => {};
    #cancelDeadline: (() => void) | undefined;

    constructor(host: StreamHost) {
        this.#host = host;
    }

    /** Opens the stream. It fails if it has not named its endpoint within `limitMs`. */
    open(limitMs: number): void {
        this.#armDeadline(limitMs, 'not-a-stream', 'named no endpoint');
        this.#connect();
    }

    /** Reconnects without `Last-Event-ID`, because the server does not know the session any more. */
    renew(): void {
        this.#endpoint = undefined;
        this.#lastEventId = '';
        this.#closeConnection();
        this.#cancelRetry();
        // The server is there, so the first attempt needs no wait. A server that forgets each session gets one.
        this.#reconnect(sessionGone(false), 0, !this.#wasGone);
        this.#wasGone = true;
    }

    close(): void {
        this.#closeConnection();
        this.#cancelRetry();
        this.#cancelDeadline?.();
    }

    #connect(): void {
        const { url, get } = this.#host;
        this.#closeConnection = openEventStream(url, this.#lastEventId, get, {
            event: (type, data, id) => {
                this.#host.event(type, data);
                if (type === 'endpoint') this.#onEndpoint(data);
                else {
                    this.#attempts = 0;
                    this.#wasGone = false;
                }
                // Only after the listener: a resumption must not skip an event that threw or closed the connection.
                if (id !== '') this.#lastEventId = id;
            },
            retry: ms => {
                this.#retryMs = ms;
            },
            ended: error => this.#onEnded(error)
        });
    }

    #onEndpoint(data: string): void {
        const { url, timing } = this.#host;
        const endpoint = URL.canParse(data, url.href) ? new URL(data, url) : undefined;
        if (endpoint?.origin !== url.origin) {
            const what = endpoint ? `of another origin, ${endpoint.origin}` : 'that is not a URL';
            const message = `${nameOf(url)} names an endpoint ${what}`;
            return this.#host.failed(new TransportError('not-a-stream', message));
        }
        this.#cancelDeadline?.();
        this.#cancelDeadline = undefined;
        this.isDown = false;
        this.#wasOpen = true;
        this.#openedAt = timing.clock.now();
        if (this.#endpoint?.href === endpoint.href) {
            this.#wasGone = false;
            return this.#host.state({ name: 'resumed' });
        }
        this.#endpoint = endpoint;
        // The event ids of the old session are unknown in the new one.
        this.#lastEventId = '';
        this.#host.session(endpoint);
    }

    #onEnded(error: TransportError): void {
        if (!this.#wasOpen || FINAL.has(error.code)) return this.#host.failed(error);
        // A stream that drops as soon as it opens is of no use, and the wait grows; one that stays open starts anew.
        const openMs = this.#openedAt === undefined ? 0 : this.#host.timing.clock.now() - this.#openedAt;
        if (openMs >= LONGEST_WAIT_MS) this.#attempts = 0;
        this.#openedAt = undefined;
        this.#reconnect(error, error.retryAfterMs ?? 0, false);
    }

    #reconnect(reason: Error, askedMs: number, isAtOnce: boolean): void {
        const { clock, giveUpAfterMs, random } = this.#host.timing;
        this.isDown = true;
        this.#armDeadline(giveUpAfterMs, 'gave-up', 'did not come back');
        const plannedMs = repeatAfter(this.#attempts++, askedMs, random, this.#retryMs);
        // At least one attempt is made before the client gives up, whatever wait the server asks for.
        const retryInMs = isAtOnce ? 0 : Math.min(plannedMs, giveUpAfterMs / 2);
        this.#cancelRetry = clock.schedule(() => this.#connect(), retryInMs);
        this.#host.state({ name: 'dropped', reason, retryInMs });
    }

    #armDeadline(limitMs: number, code: TransportErrorCode, failure: string): void {
        this.#cancelDeadline ??= this.#host.timing.clock.schedule(() => {
            const message = `${nameOf(this.#host.url)} ${failure} within ${limitMs} ms`;
            this.#host.failed(new TransportError(code, message));
        }, limitMs);
    }
}
