import { isDeepStrictEqual } from 'node:util';
import type { JSONRPCRequest, RequestId } from '@modelcontextprotocol/server';

/** The request of a subscription gets its response when the subscription ends, so nothing waits for it. */
const SUBSCRIPTION = 'subscriptions/listen';

/** Unanswered requests, by id. */
export class InFlight {
    readonly #requests = new Map<RequestId, JSONRPCRequest>();
    readonly #waiting = new Set<() => void>();
    #subscriptions = 0;

    /**
     * Adds a request. Returns 'repeated' if the same request is in flight already, 'conflict' if another request in flight
     * has its id, else 'new'.
     */
    add(request: JSONRPCRequest): 'new' | 'repeated' | 'conflict' {
        const earlier = this.#requests.get(request.id);
        if (earlier) return isDeepStrictEqual(earlier, request) ? 'repeated' : 'conflict';
        this.#requests.set(request.id, request);
        if (request.method === SUBSCRIPTION) this.#subscriptions++;
        return 'new';
    }

    has(id: RequestId): boolean {
        return this.#requests.has(id);
    }

    /** Removes a request that was answered or cancelled. */
    remove(id: RequestId): void {
        const request = this.#requests.get(id);
        if (!request) return;
        this.#requests.delete(id);
        if (request.method === SUBSCRIPTION) this.#subscriptions--;
        this.#wake();
    }

    /** Removes all requests, because none of them will be answered. */
    clear(): void {
        this.#requests.clear();
        this.#subscriptions = 0;
        this.#wake();
    }

    /** Settles once fewer than `count` requests are unanswered. */
    async fewerThan(count: number): Promise<void> {
        while (this.#unanswered >= count) await new Promise<void>(resolve => this.#waiting.add(resolve));
    }

    /** Settles once no request is unanswered, or after `timeoutMs` milliseconds. */
    async settled(timeoutMs: number): Promise<void> {
        let timer: NodeJS.Timeout | undefined;
        const timeout = new Promise<void>(resolve => {
            timer = setTimeout(resolve, timeoutMs);
        });
        await Promise.race([this.fewerThan(1), timeout]);
        clearTimeout(timer);
    }

    get #unanswered(): number {
        return this.#requests.size - this.#subscriptions;
    }

    #wake(): void {
        for (const resolve of this.#waiting) resolve();
        this.#waiting.clear();
    }
}
