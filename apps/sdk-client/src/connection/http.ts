import { setImmediate } from 'node:timers/promises';
import { boundBody, isRedirect } from '@calc/transport/client';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CliError } from '../errors/cli-error.ts';
import type { ConnectOptions, TransportKind } from './connection.ts';
import { displayUrl } from './display-url.ts';
import { mayBeOlder, NoStreamableHttp } from './fallback.ts';
import { describeNetworkError } from './network-error.ts';
import { findProblem } from './refusals.ts';

/**
 * All HTTP requests of one connection. It sends the headers, and calls `fail` if the first requests show that there is
 * no connection or if the server requires another credential. The transport handles all later failures: it may retry.
 */
export class Http {
    readonly #options: ConnectOptions;
    readonly #fail: (error: CliError) => void;
    readonly #stop = new AbortController();
    readonly #posts = new Set<Promise<unknown>>();

    constructor(options: ConnectOptions, fail: (error: CliError) => void) {
        this.#options = options;
        this.#fail = fail;
    }

    /**
     * Creates the fetch of one transport.
     *
     * @param mayFallBack whether HTTP+SSE is tried next; the first POST then rejects with `NoStreamableHttp` if the
     * server may have HTTP+SSE only.
     */
    createFetch(kind: TransportKind, mayFallBack: boolean): FetchLike {
        const { url, headers } = this.#options;
        // Streamable HTTP begins with a POST; its stream is optional.
        const firsts = new Set(kind === 'http' ? ['POST'] : ['GET', 'POST']);
        const hasToken = headers.has('authorization');
        let hadStream = false;
        return async (target, init) => {
            const method = init?.method ?? 'GET';
            const isFirst = firsts.has(method);
            const sent = this.#send(target, init, isFirst);
            if (method === 'POST') this.#track(sent);
            const response = await sent;
            if (!isRedirect(response)) firsts.delete(method);
            if (isFirst && mayFallBack && !response.ok && (await mayBeOlder(response))) {
                await response.body?.cancel();
                throw new NoStreamableHttp(response.status);
            }
            const asked = { url, target: new URL(target), hasToken, method, kind, isFirst, hadStream };
            const problem = await findProblem(response, asked);
            if (problem) this.#fail(problem);
            if (method === 'GET' && response.ok) hadStream = true;
            return response;
        };
    }

    /** Waits until the server has answered every POST. */
    async settle(): Promise<void> {
        // A message just handed to the transport reaches fetch a few microtasks later.
        await setImmediate();
        await Promise.allSettled(this.#posts);
    }

    /** Ends every request and stream at once. */
    abort(): void {
        this.#stop.abort();
    }

    #track(post: Promise<Response>): void {
        const remove = () => this.#posts.delete(post);
        this.#posts.add(post);
        post.then(remove, remove);
    }

    async #send(target: string | URL, init: RequestInit | undefined, isFirst: boolean): Promise<Response> {
        const { url, headers: own, trace } = this.#options;
        const headers = new Headers(init?.headers);
        for (const [name, value] of own) headers.set(name, value);
        const answered = trace?.request(init?.method ?? 'GET', new URL(target), init?.body);
        const stop = this.#stop.signal;
        const signal = init?.signal ? AbortSignal.any([stop, init.signal]) : stop;
        try {
            const response = boundBody(await globalThis.fetch(target, { ...init, headers, signal }));
            answered?.(response);
            return response;
        } catch (error) {
            if (!signal.aborted) {
                const reason = describeNetworkError(error, url);
                trace?.note(reason);
                const message = `cannot reach ${displayUrl(url)}: ${reason}`;
                if (isFirst) this.#fail(new CliError('unreachable', message, { cause: error }));
            }
            throw error;
        }
    }
}
