import type { Wire } from '../wire.ts';
import { streamKeyOf, type WireEntry } from '../wire-entry.ts';

/** A response that lasts: an event stream, from the request for it to its end. */
export interface Band {
    readonly session: string;
    /** The number of the POST that it answers; undefined for the stream of GET. */
    readonly post: number | undefined;
    /** The request for the stream of GET; the answer to a POST; or the first entry of a stream that began before the record. */
    readonly begin: WireEntry;
    /** Undefined as long as the server has not opened it. Some never open. */
    readonly opened: WireEntry | undefined;
    /** Undefined as long as it lasts. */
    readonly end: WireEntry | undefined;
}

/** The event streams in a record, kept up to date. */
export interface Bands {
    /**
     * The streams that begin, open or end with an entry. Closing a session ends several. A failed request for a stream ends
     * none.
     */
    of(seq: number): readonly Band[];
    /** The stream that brought an entry, or that it opens or ends. */
    holding(entry: WireEntry): Band | undefined;
}

type Growing = { -readonly [Part in keyof Band]: Band[Part] };

const NONE: readonly Band[] = [];

export function createBands(wire: Wire): Bands {
    const bySeq = new Map<number, Growing[]>();
    const open = new Map<string, Growing>();
    /** The requested streams without an answer. */
    const requested = new Map<string, Growing>();
    /** The stream of each entry that came on one. */
    const holders = new Map<number, Growing>();

    const note = (seq: number, band: Growing): void => {
        const others = bySeq.get(seq) ?? [];
        if (!others.includes(band)) bySeq.set(seq, [...others, band]);
    };
    const create = (entry: WireEntry, post: number | undefined): Growing => {
        const band = { session: entry.session, post, begin: entry, opened: undefined, end: undefined };
        note(entry.seq, band);
        return band;
    };
    const openBand = (band: Growing, entry: WireEntry): void => {
        band.opened = entry;
        open.set(streamKeyOf(band.session, band.post), band);
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
    /** Ends a request that got no stream. */
    const fail = (entry: WireEntry, post: number | undefined): void => {
        const key = streamKeyOf(entry.session, post);
        const band = requested.get(key);
        if (band) band.end = entry;
        requested.delete(key);
    };
    const request = (entry: WireEntry, post: number | undefined): void => {
        fail(entry, post);
        requested.set(streamKeyOf(entry.session, post), create(entry, post));
    };
    const closeAll = (entry: WireEntry): void => {
        for (const band of [...requested.values()]) if (band.session === entry.session) fail(entry, band.post);
        for (const band of [...open.values()]) if (band.session === entry.session) end(entry, band.post);
    };
    const added = (entry: WireEntry): void => {
        switch (entry.kind) {
            case 'connecting':
                return request(entry, undefined);
            case 'reconnecting':
                return request(entry, entry.post);
            case 'opened': {
                end(entry, entry.post);
                const key = streamKeyOf(entry.session, entry.post);
                const band = requested.get(key) ?? create(entry, entry.post);
                requested.delete(key);
                return openBand(band, entry);
            }
            case 'declined':
                return fail(entry, entry.post);
            case 'answered':
                if (entry.stream) openBand(create(entry, entry.number), entry);
                return;
            case 'dropped':
                fail(entry, undefined);
                return end(entry, undefined);
            case 'ended':
                fail(entry, entry.number);
                return end(entry, entry.number);
            case 'closed':
                return closeAll(entry);
            case 'event':
            case 'comment':
            case 'retry': {
                const band = open.get(streamKeyOf(entry.session, entry.post));
                if (band) holders.set(entry.seq, band);
                // Its beginning is not in the record, but what comes on a stream proves that it is open.
                else openBand(create(entry, entry.post), entry);
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
            requested.clear();
            holders.clear();
        }
    });
    return { of: seq => bySeq.get(seq) ?? NONE, holding: ({ seq }) => holders.get(seq) };
}

/** Whether a stream broke, rather than being closed. */
export function isTorn({ end }: Band): boolean {
    return end?.kind === 'dropped' || (end?.kind === 'ended' && end.detail !== undefined);
}
