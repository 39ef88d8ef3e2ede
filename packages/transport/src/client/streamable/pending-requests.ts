import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { SendOptions } from '../session/renewable-transport.ts';

interface Pending {
    options: SendOptions;
    /** When the server was last heard on the connection of the request, in milliseconds of the clock. */
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
        return this.get(id) !== undefined;
    }

    delete(id: RequestId): void {
        this.#pending.delete(id);
    }

    get(id: RequestId | undefined): Pending | undefined {
        return id === undefined ? undefined : this.#pending.get(id);
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
}
