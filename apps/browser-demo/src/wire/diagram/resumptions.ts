import type { Exchanges } from '../exchanges.ts';
import type { Wire } from '../wire.ts';
import { streamKeyOf, type WireEntry } from '../wire-entry.ts';

/** How streams continued after a drop. */
export interface Resumptions {
    /** The `Last-Event-ID` of the entry that resumes a session; empty if it is not known. */
    lastEventId(seq: number): string;
    /**
     * Whether an event was replayed after a gap. The protocol does not mark such events. They arrive right after the
     * stream is resumed, without pauses, and do not reply to later requests.
     */
    isReplayed(seq: number): boolean;
}

/** The longest pause between two replayed events, in milliseconds. The page needs some time to draw each. */
const AT_ONCE_MS = 100;
/**
 * The longest time after the stream is open again, in milliseconds. Without it, every event of a busy stream would
 * count as replayed.
 */
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
        const key = streamKeyOf(session, 'post' in entry ? entry.post : undefined);
        if (entry.kind === 'opened') {
            openings.set(key, entry);
            resumed.delete(key);
        } else if (entry.kind === 'resumed') {
            const opening = openings.get(key);
            if (!opening) return;
            ids.set(seq, opening.lastEventId);
            resumed.set(key, opening);
            newest.set(key, entry.at);
        } else if (entry.kind === 'event') {
            const opening = resumed.get(key);
            const before = newest.get(key) ?? 0;
            if (!opening || entry.at - before > AT_ONCE_MS || entry.at - opening.at > LONGEST_MS) return;
            newest.set(key, entry.at);
            const exchange = exchanges.of(seq);
            if (!exchange || exchange.sent.seq < opening.seq || exchange.sent === entry) replayed.add(seq);
        }
    };
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
