import { BenchError } from '../../errors.ts';
import type { Ledger } from '../ledger.ts';
import { parseEventId } from './event-id.ts';
import type { SseEvent } from './sse-parser.ts';

/** Whether an endpoint event named the session that the client had, or another; the first one is always `fresh`. */
export type Outcome = 'resumed' | 'fresh';

export interface InboxOptions {
    /** How messages name the session. */
    name: string;
    ledger: Ledger;
    /** Called with each endpoint event. */
    onEndpoint(outcome: Outcome): void;
}

/** Reads what comes to one session, over as many streams as it takes, and checks that the event ids leave no gap. */
export interface Inbox {
    /** Where to post; empty before the first endpoint event. */
    readonly endpoint: string;
    readonly lastEventId: string | undefined;
    read(event: SseEvent): void;
}

export function createInbox({ name, ledger, onEndpoint }: InboxOptions): Inbox {
    let endpoint = '';
    let lastEventId: string | undefined;
    let position = 0;

    const checkOrder = (id: string, isEndpoint: boolean) => {
        const place = parseEventId(id);
        const expected = isEndpoint ? position : position + 1;
        if (place.position !== expected || !endpoint.endsWith(place.session)) {
            const seen = `event id ${id} came after position ${position} of ${endpoint}`;
            ledger.fail(new BenchError('wrong-reply', `${name}: ${seen}`));
        }
        position = place.position;
    };
    const readEndpoint = (url: string, id: string | undefined) => {
        const outcome = url === endpoint ? 'resumed' : 'fresh';
        // Another session counts from its own start.
        if (outcome === 'fresh') position = id === undefined ? 0 : parseEventId(id).position;
        endpoint = url;
        onEndpoint(outcome);
    };

    return {
        get endpoint() {
            return endpoint;
        },
        get lastEventId() {
            return lastEventId;
        },
        read({ event, id, data }) {
            if (event === 'endpoint') readEndpoint(data, id);
            if (id !== undefined) {
                checkOrder(id, event === 'endpoint');
                lastEventId = id;
            }
            if (event === 'message') ledger.take(data);
        }
    };
}
