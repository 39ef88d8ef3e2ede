import { BATCH } from '../../server/delivery/replay-log.ts';
import { toEventId } from '../../server/wire/event-id.ts';
import { toMessageEvent } from '../../server/wire/framing.ts';
import type { SharedContext, StreamPlace } from '../shared-context.ts';
import type { Events } from './only-message.ts';

/** Most events that are read at once. */
export const READ_LIMIT = 64;

/** The events of a stream that are in the log and not written yet, because the client does not keep up. */
export class Backlog {
    readonly #context: SharedContext;
    readonly #place: StreamPlace;
    /** The sizes of the events after `#written`, in order. */
    readonly #sizes: number[] = [];
    #written = 0;
    #bytes = 0;

    constructor(context: SharedContext, place: StreamPlace) {
        this.#context = context;
        this.#place = place;
    }

    /** Notes that the events up to `position` are written, or do not count. */
    note(position: number): void {
        for (; this.#written < position; this.#written++) this.#bytes -= this.#sizes.shift() ?? 0;
    }

    /** Looks how much waits now. Returns whether it is more than a client may be behind. */
    async isTooLarge(): Promise<boolean> {
        const { broker, limits } = this.#context;
        const { sessionId, number } = this.#place;
        while (this.#bytes <= limits.maxBufferedBytes) {
            const last = this.#written + this.#sizes.length;
            const reading = await broker.read(sessionId, number, last, READ_LIMIT);
            if (typeof reading === 'string' || reading.events.length === 0) return false;
            for (const { position, json } of reading.events) {
                // Some may have been written meanwhile.
                if (position !== this.#written + this.#sizes.length + 1) continue;
                this.#sizes.push(Buffer.byteLength(json));
                this.#bytes += Buffer.byteLength(json);
            }
        }
        return true;
    }
}

/** The text of events in parts, each with the position of its last event. */
export function* toBatches({ transport, sessionId, number }: StreamPlace, { events }: Events) {
    const log = transport === 'sse' ? sessionId : `${sessionId}:${number}`;
    let text = '';
    for (const [index, { position, json }] of events.entries()) {
        text += toMessageEvent(toEventId(log, position), json);
        if (text.length < BATCH && index < events.length - 1) continue;
        yield { text, position };
        text = '';
    }
}
