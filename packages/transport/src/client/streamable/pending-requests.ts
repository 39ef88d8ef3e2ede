import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { SendOptions } from '../session/renewable-transport.ts';

interface Pending {
    options: SendOptions;
    heardAt: number;
}

/** The requests of a session that have no reply yet. */
export class PendingRequests {
    readonly #pending = new Map<RequestId, Pending>();
    /** Where the streams of requests broke: the last event id, and the request whose reply is missing. */
    readonly #broken = new Map<string, RequestId>();

    add(id: RequestId, options: SendOptions, now: number): void {
        this.#pending.set(id, { options, heardAt: now });
    }

    has(id: RequestId | undefined): id is RequestId {
        return id !== undefined && this.#pending.has(id);
    }

    delete(id: RequestId): void {
        this.#pending.delete(id);
    }

    /** The options of a request; empty if it is not pending. */
    optionsOf(id: RequestId | undefined): SendOptions {
        return this.#find(id)?.options ?? {};
    }

    /** Notes that the server sent something on the connection of a request. */
    noteHeard(id: RequestId | undefined, now: number): void {
        const pending = this.#find(id);
        if (pending) pending.heardAt = now;
    }

    /** When the server was last heard on the connection of a request, in milliseconds of the clock. */
    heardAt(id: RequestId): number {
        return this.#find(id)?.heardAt ?? Number.NEGATIVE_INFINITY;
    }

    noteBroken(lastEventId: string, id: RequestId): void {
        this.#broken.set(lastEventId, id);
    }

    /** The request whose stream broke after this event; it is forgotten here, because the stream is being resumed. */
    takeBroken(lastEventId: string): RequestId | undefined {
        const id = this.#broken.get(lastEventId);
        this.#broken.delete(lastEventId);
        return id;
    }

    #find(id: RequestId | undefined): Pending | undefined {
        return id === undefined ? undefined : this.#pending.get(id);
    }
}
