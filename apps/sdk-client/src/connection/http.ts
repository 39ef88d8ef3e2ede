import { setImmediate } from 'node:timers/promises';
import { boundBody } from '@calc/transport/client';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CliError } from '../errors/cli-error.ts';
import { displayUrl } from './display-url.ts';
import { mayBeOlder, NoStreamableHttp } from './fallback.ts';
import { describeNetworkError } from './http-reasons.ts';
import { findProblem, isRedirect } from './refusals.ts';
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
 * Creates fetches that send the headers, and call `fail` with the reason when a first connection does not come about or
 * the server wants another credential. What comes later is the transport's business, which may try again.
 */
export function createHttp({ url, headers, trace, fail }: HttpOptions): Http {
    const stop = new AbortController();
    const posts = new Set<Promise<unknown>>();

    async function send(target: string | URL, init: RequestInit | undefined, isFirst: boolean): Promise<Response> {
        const merged = new Headers(init?.headers);
        for (const [name, value] of headers) merged.set(name, value);
        const answered = trace?.request(init?.method ?? 'GET', new URL(target), init?.body);
        try {
            const signal = init?.signal ? AbortSignal.any([stop.signal, init.signal]) : stop.signal;
            const response = boundBody(await globalThis.fetch(target, { ...init, headers: merged, signal }));
            answered?.(response);
            return response;
        } catch (error) {
            if (!stop.signal.aborted && !init?.signal?.aborted) {
                const reason = describeNetworkError(error, url);
                trace?.note(reason);
                const message = `cannot reach ${displayUrl(url)}: ${reason}`;
                if (isFirst) fail(new CliError('unreachable', message, { cause: error }));
            }
            throw error;
        }
    }

    const createFetch: Http['createFetch'] = (kind, mayFallBack) => {
        // Streamable HTTP begins with a POST; its stream is optional.
        const firsts = new Set(kind === 'http' ? ['POST'] : ['GET', 'POST']);
        let hadStream = false;
        const hasToken = headers.has('authorization');
        return async (target, init) => {
            const method = init?.method ?? 'GET';
            const isFirst = firsts.has(method);
            const response = await track(send(target, init, isFirst), method);
            if (!isRedirect(response)) firsts.delete(method);
            if (isFirst && mayFallBack && !response.ok && mayBeOlder(response.status, await response.clone().text())) {
                await response.body?.cancel();
                throw new NoStreamableHttp(response.status);
            }
            const problem = await findProblem(response, {
                url,
                target: new URL(target),
                hasToken,
                method,
                kind,
                isFirst,
                hadStream
            });
            if (problem) fail(problem);
            if (method === 'GET' && response.ok) hadStream = true;
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
