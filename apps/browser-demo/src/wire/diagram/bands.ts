import type { Wire } from '../wire.ts';
import { streamKeyOf, type WireEntry } from '../wire-entry.ts';

/** A response that lasts: an event stream, from its headers to its end. */
export interface Band {
    readonly session: string;
    /** The number of the POST that it answers; undefined for the stream of GET. */
    readonly post: number | undefined;
    readonly begin: WireEntry;
    /** Undefined as long as it is open. */
    readonly end: WireEntry | undefined;
}

/** The event streams in a record, kept up to date. */
export interface Bands {
    /** The streams that begin or end with an entry. Closing a session ends several. */
    of(seq: number): readonly Band[];
    /** The stream that brought an entry, or that it begins or ends. */
    holding(entry: WireEntry): Band | undefined;
}

type Growing = { -readonly [Part in keyof Band]: Band[Part] };

const NONE: readonly Band[] = [];

export function createBands(wire: Wire): Bands {
    const bySeq = new Map<number, Growing[]>();
    const open = new Map<string, Growing>();
    /** The stream of each entry that came on one. */
    const holders = new Map<number, Growing>();

    const note = (seq: number, band: Growing): void => void bySeq.set(seq, [...(bySeq.get(seq) ?? []), band]);
    const begin = (entry: WireEntry, post: number | undefined): void => {
        const band: Growing = { session: entry.session, post, begin: entry, end: undefined };
        open.set(streamKeyOf(entry.session, post), band);
        note(entry.seq, band);
        holders.set(entry.seq, band);
    };
    const end = (entry: WireEntry, post: number | undefined): void => {
        const key = streamKeyOf(entry.session, post);
        const band = open.get(key);
        if (!band) return;
        open.delete(key);
        band.end = entry;
        note(entry.seq, band);
        holders.set(entry.seq, band);
    };
    const added = (entry: WireEntry): void => {
        switch (entry.kind) {
            case 'opened':
                end(entry, entry.post);
                return begin(entry, entry.post);
            case 'answered':
                return entry.stream ? begin(entry, entry.number) : undefined;
            case 'dropped':
                return end(entry, undefined);
            case 'ended':
                return end(entry, entry.number);
            case 'closed':
                for (const band of [...open.values()]) if (band.session === entry.session) end(entry, band.post);
                return;
            case 'event':
            case 'comment':
            case 'retry': {
                const band = open.get(streamKeyOf(entry.session, entry.post));
                if (band) holders.set(entry.seq, band);
                // Its beginning is not in the record, but what comes on a stream proves that it is open.
                else begin(entry, entry.post);
            }
        }
    };
    for (const entry of wire.entries()) added(entry);
    wire.subscribe({
        added,
        evicted({ seq }) {
            bySeq.delete(seq);
            holders.delete(seq);
        },
        cleared() {
            bySeq.clear();
            open.clear();
            holders.clear();
        }
    });
    return { of: seq => bySeq.get(seq) ?? NONE, holding: ({ seq }) => holders.get(seq) };
}
