import type { Exchanges } from '../exchanges.ts';
import type { Wire } from '../wire.ts';
import { streamKeyOf, type WireEntry } from '../wire-entry.ts';

/** What is known of a request: whether it reached the server. */
export type Reach =
    /** `by` proves it: an answer or a reply of the server. */
    | { readonly state: 'reached'; readonly by: WireEntry }
    /** No answer yet. */
    | { readonly state: 'waiting' }
    /** It failed without an answer, as `since` says. It may have arrived. */
    | { readonly state: 'unknown'; readonly since: WireEntry };

/** What is known of the requests in a record, kept up to date. */
export interface Reaches {
    /** Undefined if the entry is not a request to the server. */
    of(seq: number): Reach | undefined;
}

const WAITING: Reach = { state: 'waiting' };

export function createReaches(wire: Wire, exchanges: Exchanges): Reaches {
    const reaches = new Map<number, Reach>();
    /** The request for a stream that has no answer yet, by stream. */
    const asking = new Map<string, WireEntry>();

    const settle = (request: WireEntry | undefined, reach: Reach): void => {
        // What is proved stays proved.
        if (request && reaches.has(request.seq) && reaches.get(request.seq)?.state !== 'reached')
            reaches.set(request.seq, reach);
    };
    const settleStream = ({ session }: WireEntry, post: number | undefined, reach: Reach): void => {
        const key = streamKeyOf(session, post);
        settle(asking.get(key), reach);
        asking.delete(key);
    };
    const added = (entry: WireEntry): void => {
        switch (entry.kind) {
            case 'connecting':
                reaches.set(entry.seq, WAITING);
                return void asking.set(streamKeyOf(entry.session, undefined), entry);
            case 'reconnecting':
                reaches.set(entry.seq, WAITING);
                return void asking.set(streamKeyOf(entry.session, entry.post), entry);
            case 'post':
                reaches.set(entry.seq, WAITING);
                return;
            case 'opened':
            case 'declined':
                return settleStream(entry, entry.post, { state: 'reached', by: entry });
            case 'dropped':
                return settleStream(entry, undefined, { state: 'unknown', since: entry });
            case 'ended':
                return settleStream(entry, entry.number, { state: 'unknown', since: entry });
            case 'closed': {
                // The detail of a refusal begins with the status, if the page may read it.
                const isAnswer = entry.reason === 'refused' && /^[1-5]\d\d\b/.test(entry.detail ?? '');
                const reach: Reach = isAnswer ? { state: 'reached', by: entry } : { state: 'unknown', since: entry };
                for (const request of [...asking.values()]) {
                    if (request.session !== entry.session) continue;
                    settleStream(entry, request.kind === 'reconnecting' ? request.post : undefined, reach);
                }
                return;
            }
            case 'answered': {
                const reach: Reach =
                    entry.status === 0 ? { state: 'unknown', since: entry } : { state: 'reached', by: entry };
                return settle(exchanges.of(entry.seq)?.sent, reach);
            }
            case 'event':
            case 'json': {
                const exchange = exchanges.of(entry.seq);
                if (exchange?.reply === entry) settle(exchange.sent, { state: 'reached', by: entry });
            }
        }
    };
    for (const entry of wire.entries()) added(entry);
    wire.subscribe({
        added,
        evicted: ({ seq }) => void reaches.delete(seq),
        cleared() {
            reaches.clear();
            asking.clear();
        }
    });
    return { of: seq => reaches.get(seq) };
}
