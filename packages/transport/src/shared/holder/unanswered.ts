import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { toErrorReply } from '../../server/wire/reject.ts';
import type { Events } from './only-message.ts';

/** The requests of a POST that its response has still to answer. */
export class Unanswered {
    readonly isBatch: boolean;
    /** Whether the POST was sent before. */
    readonly isRepeat: boolean;
    readonly #ids: Set<RequestId>;

    constructor(ids: readonly RequestId[], isBatch: boolean, isRepeat: boolean) {
        this.#ids = new Set(ids);
        this.isBatch = isBatch;
        this.isRepeat = isRepeat;
    }

    /** The id for an error response to the whole POST. */
    get id(): RequestId | null {
        const [id = null] = this.#ids;
        return this.isBatch ? null : id;
    }

    /** Notes that the events up to `position` are written. The only reply would end the stream. */
    note({ events }: Events, position: number): void {
        if (!this.isBatch) return;
        for (const event of events) {
            const { id, method } = event.position <= position ? JSON.parse(event.json) : {};
            if (method === undefined) this.#ids.delete(id);
        }
    }

    /** Error replies in the place of answers that are lost, as events without ids: they are in no log. */
    toLostReplies(): string {
        const replies = [...this.#ids].map(id => toErrorReply('answer-lost', id));
        return replies.map(json => `event: message\ndata: ${json}\n\n`).join('');
    }
}
