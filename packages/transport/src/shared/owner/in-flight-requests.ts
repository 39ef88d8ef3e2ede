import type { JSONRPCRequest, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { ReceivedMessage } from '../../message/parse-message.ts';

/** A request that its server has not answered. */
export interface InFlightRequest {
    /** Its number in the inbox. */
    entry: number;
    /** The stream of its answer. */
    stream: number;
    /** Undefined if its params do not fit the method. */
    request: JSONRPCRequest | undefined;
    extra: MessageExtraInfo;
}

/** The requests of a session that its owner runs, and how many of them each stream waits for. */
export class InFlightRequests {
    readonly #requests = new Map<RequestId, InFlightRequest>();
    /** Requests without an answer of each stream but the session's own. */
    readonly #unanswered = new Map<number, number>();

    get size(): number {
        return this.#requests.size;
    }

    find(id: RequestId | undefined): InFlightRequest | undefined {
        return id === undefined ? undefined : this.#requests.get(id);
    }

    begin(id: RequestId, request: InFlightRequest): void {
        this.#requests.set(id, request);
        const { stream } = request;
        if (stream > 0) this.#unanswered.set(stream, (this.#unanswered.get(stream) ?? 0) + 1);
    }

    /** Notes that a request is answered or cancelled. Returns whether its stream ends thereby. */
    settle(id: RequestId): boolean {
        const stream = this.#requests.get(id)?.stream ?? 0;
        this.#requests.delete(id);
        if (stream === 0) return false;
        const left = (this.#unanswered.get(stream) ?? 1) - 1;
        if (left > 0) this.#unanswered.set(stream, left);
        else this.#unanswered.delete(stream);
        return left === 0;
    }

    clear(): void {
        this.#requests.clear();
        this.#unanswered.clear();
    }
}

/** The request of a message; undefined if it is another message, or its params do not fit the method. */
export function toRequest(parsed: ReceivedMessage): JSONRPCRequest | undefined {
    if (parsed.kind === 'bad-params') return undefined;
    const { message } = parsed;
    return 'method' in message && 'id' in message ? message : undefined;
}
