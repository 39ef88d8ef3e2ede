import { setImmediate } from 'node:timers/promises';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { displayUrl } from './display-url.ts';
import { CliError } from './errors.ts';
import { mayBeOlder, NoStreamableHttp } from './fallback.ts';
import { describeNetworkError } from './http-reasons.ts';
import { findProblem } from './refusals.ts';
import type { Trace } from './trace.ts';
import type { TransportKind } from './transport.ts';

/** All HTTP of one connection. */
export interface Http {
    /**
     * Makes the fetch of one transport.
     *
     * @param mayFallBack whether HTTP+SSE comes next; its first POST then rejects with `NoStreamableHttp` where the
     * server may know no other.
     */
    createFetch(kind: TransportKind, mayFallBack: boolean): FetchLike;
    /** Waits until messages under way have been taken by the server. */
    settle(): Promise<void>;
    /** Ends every request and stream at once. */
    abort(): void;
}

export interface HttpOptions {
    url: URL;
    /** Sent with every request. */
    headers: Headers;
    trace: Trace | undefined;
    fail(error: CliError): void;
}

/**
 * Creates fetches that send the headers and call `fail` with the reason when a request fails.
 * A transport only passes on strings; here the status, the headers and the network's error code are still at hand.
 */
export function createHttp({ url, headers, trace, fail }: HttpOptions): Http {
    const stop = new AbortController();
    const posts = new Set<Promise<unknown>>();

    async function send(...[target, init]: Parameters<FetchLike>): Promise<Response> {
        const merged = new Headers(init?.headers);
        for (const [name, value] of headers) merged.set(name, value);
        const answered = trace?.request(init?.method ?? 'GET', new URL(target), init?.body);
        try {
            // The caller's signal gives way: EventSource does not abort an answer that it refuses,
            // and an unread body would keep the process alive.
            const response = await globalThis.fetch(target, { ...init, headers: merged, signal: stop.signal });
            answered?.(response);
            return response;
        } catch (error) {
            if (!stop.signal.aborted) {
                const reason = describeNetworkError(error, url);
                trace?.note(reason);
                fail(new CliError('unreachable', `cannot reach ${displayUrl(url)}: ${reason}`, { cause: error }));
            }
            throw error;
        }
    }

    const createFetch: Http['createFetch'] = (kind, mayFallBack) => {
        let isFirstPost = true;
        const hasToken = headers.has('authorization');
        return async (target, init) => {
            const method = init?.method ?? 'GET';
            const isFirst = method === 'POST' && isFirstPost;
            if (isFirst) isFirstPost = false;
            const response = await track(send(target, init), method);
            if (isFirst && mayFallBack && mayBeOlder(response.status, await response.clone().text())) {
                await response.body?.cancel();
                throw new NoStreamableHttp(response.status);
            }
            const problem = await findProblem(response, { url, hasToken, method, kind, isFirst });
            if (problem) fail(problem);
            return response;
        };
    };

    const track = (response: Promise<Response>, method: string) => {
        if (method !== 'POST') return response;
        const remove = () => posts.delete(response);
        posts.add(response);
        response.then(remove, remove);
        return response;
    };

    return {
        createFetch,
        async settle() {
            // A message just handed to the transport reaches fetch a few microtasks later.
            await setImmediate();
            await Promise.allSettled(posts);
        },
        abort() {
            stop.abort();
        }
    };
}
