import { isDeepStrictEqual } from 'node:util';
import type { JSONRPCRequest, RequestId } from '@modelcontextprotocol/server';

/** A subscription is a request too; its response is its end, so nothing waits for it. */
const SUBSCRIPTION = 'subscriptions/listen';

/** The requests that are not answered yet, by id. */
export class InFlight {
    readonly #requests = new Map<RequestId, JSONRPCRequest>();
    readonly #waiting = new Set<() => void>();
    #subscriptions = 0;

    /**
     * Adds a request: 'new' if it is to be answered, 'repeated' if the same request is in flight already, and 'conflict'
     * if its id belongs to another request in flight.
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

    /** Removes a request that is answered, or that gets no answer because it was cancelled. */
    remove(id: RequestId): void {
        const request = this.#requests.get(id);
        if (!request) return;
        this.#requests.delete(id);
        if (request.method === SUBSCRIPTION) this.#subscriptions--;
        this.#wake();
    }

    /** Removes all: none of them will be answered. */
    clear(): void {
        this.#requests.clear();
        this.#subscriptions = 0;
        this.#wake();
    }

    /** Settles as soon as fewer than `count` requests wait for an answer. */
    async fewerThan(count: number): Promise<void> {
        while (this.#unanswered >= count) await new Promise<void>(resolve => this.#waiting.add(resolve));
    }

    /** Settles as soon as no request waits for an answer, after `timeoutMs` milliseconds at the latest. */
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
