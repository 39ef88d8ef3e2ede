import type { Exchanges } from '../exchanges.ts';
import type { Wire } from '../wire.ts';
import type { WireEntry } from '../wire-entry.ts';

/** How sessions went on after a drop. */
export interface Resumptions {
    /** The id of the event after which a session goes on, by the entry that says so; empty if it is not known. */
    lastEventId(seq: number): string;
    /**
     * Whether an event made up for what was missed in a gap. The wire does not mark those; but they come at once with
     * the stream that goes on, one close upon the other, and are no replies to what was asked later.
     */
    isReplayed(seq: number): boolean;
}

/** So soon after the one before, in milliseconds, comes what was missed: drawing each takes the page some time. */
const AT_ONCE_MS = 100;
/** So soon after the stream is open again: a stream that is never silent as long would else be replayed for ever. */
const LONGEST_MS = 500;

type Opening = WireEntry & { kind: 'opened' };

export function createResumptions(wire: Wire, exchanges: Exchanges): Resumptions {
    const openings = new Map<string, Opening>();
    const resumed = new Map<string, Opening>();
    const newest = new Map<string, number>();
    const ids = new Map<number, string>();
    const replayed = new Set<number>();

    const added = (entry: WireEntry): void => {
        const { session, seq } = entry;
        if (entry.kind === 'opened') {
            openings.set(session, entry);
            resumed.delete(session);
        } else if (entry.kind === 'resumed') {
            const opening = openings.get(session);
            if (!opening) return;
            ids.set(seq, opening.lastEventId);
            resumed.set(session, opening);
            newest.set(session, entry.at);
        } else if (entry.kind === 'event') {
            const opening = resumed.get(session);
            const before = newest.get(session) ?? 0;
            if (!opening || entry.at - before > AT_ONCE_MS || entry.at - opening.at > LONGEST_MS) return;
            newest.set(session, entry.at);
            const exchange = exchanges.of(seq);
            if (!exchange || exchange.sent.seq < opening.seq || exchange.sent === entry) replayed.add(seq);
        }
    };
    for (const entry of wire.entries()) added(entry);
    wire.subscribe({
        added,
        evicted({ seq }) {
            ids.delete(seq);
            replayed.delete(seq);
        },
        cleared() {
            ids.clear();
            replayed.clear();
        }
    });
    return { lastEventId: seq => ids.get(seq) ?? '', isReplayed: seq => replayed.has(seq) };
}
