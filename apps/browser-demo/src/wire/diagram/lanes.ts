import type { WireEntry } from '../wire-entry.ts';
import type { Band, Bands } from './bands.ts';
import type { Span, Spans } from './spans.ts';

/** The part of a span in one row: it begins there, ends there, passes through, or lies within the row. */
export type Part = 'begin' | 'through' | 'end' | 'within';

/** The activation bar of a pending request, in one row. */
export interface Bar {
    readonly span: Span;
    /** 0 is on the life line, higher lanes are next to it. */
    readonly lane: number;
    readonly part: Part;
}

/** An event stream in one row. */
export interface BandPart {
    readonly band: Band;
    /** 0 is on the life line, higher slots are next to it. */
    readonly slot: number;
    readonly part: Part;
}

/** The life lines in one row. */
export interface LifeLines {
    readonly bars: readonly Bar[];
    /** The event streams, along the life line of the server. */
    readonly bands: readonly BandPart[];
    /** The part of a gap in which a stream is down, if there is one. */
    readonly torn: Part | undefined;
}

/** Gives each pending request a lane of its own, and each event stream a slot. */
export interface Lanes {
    /** The life lines at the next visible entry. */
    next(entry: WireEntry): LifeLines;
    /** The life lines below the last one. */
    tail(): LifeLines;
}

/** Further pending requests get no bar, because the labels need the room. */
const MAX_LANES = 5;
/** Further streams get no band. */
const MAX_SLOTS = 4;

const NOTHING: LifeLines = { bars: [], bands: [], torn: undefined };

/** The filter may hide the end of a span, so each row checks which spans are over. */
export function createLanes(spans: Spans, bands: Bands): Lanes {
    let waits: readonly Bar[] = [];
    let open: readonly BandPart[] = [];
    let gaps: readonly Span[] = [];

    const begin = (span: Span): void => {
        if (span.kind === 'gap') {
            gaps = [...gaps, span];
            return;
        }
        const lane = firstFree(waits.map(bar => bar.lane));
        if (lane < MAX_LANES) waits = [...waits, { span, lane, part: 'through' }];
    };
    const beginBand = (band: Band): void => {
        const slot = firstFree(open.map(part => part.slot));
        if (slot < MAX_SLOTS) open = [...open, { band, slot, part: 'through' }];
    };
    const tornAt = (entry: WireEntry): Part | undefined => {
        if (gaps.length === 0) return undefined;
        const parts = gaps.map(gap => partOf(gap, entry));
        return parts.includes('through') ? 'through' : parts[0];
    };

    return {
        next(entry) {
            waits = withoutEnded(waits, ({ span }) => isOver(span, entry.seq));
            open = withoutEnded(open, ({ band }) => isOver(band, entry.seq));
            gaps = withoutEnded(gaps, gap => isOver(gap, entry.seq));
            const span = spans.of(entry.seq);
            if (span?.begin === entry) begin(span);
            for (const band of bands.of(entry.seq)) if (band.begin === entry) beginBand(band);
            if (waits.length + open.length + gaps.length === 0) return NOTHING;
            return {
                bars: inRow(waits, ({ span }) => partOf(span, entry)),
                bands: inRow(open, ({ band }) => partOf(band, entry)),
                torn: tornAt(entry)
            };
        },
        tail() {
            const torn = gaps.some(({ end }) => !end) ? 'through' : undefined;
            return {
                bars: waits.filter(({ span }) => !span.end),
                bands: open.filter(({ band }) => !band.end),
                torn
            };
        }
    };
}

/** The life lines of a row that gets one more entry. What begins and ends within the row stays visible. */
export function joinLines(before: LifeLines, next: LifeLines, first: WireEntry): LifeLines {
    return {
        bars: joinParts(before.bars, next.bars, ({ span }) => span, first),
        bands: joinParts(before.bands, next.bands, ({ band }) => band, first),
        torn: next.torn ?? (before.torn && 'end')
    };
}

type Ending = { readonly begin: WireEntry; readonly end: WireEntry | undefined };

function joinParts<Item extends { readonly part: Part }>(
    before: readonly Item[],
    next: readonly Item[],
    spanOf: (item: Item) => Ending,
    first: WireEntry
): readonly Item[] {
    const isHere = ({ begin }: Ending): boolean => begin.seq >= first.seq;
    const over = before.filter(item => !next.some(other => spanOf(other) === spanOf(item)));
    const ended = over.map(item => withPart(item, isHere(spanOf(item)) ? 'within' : 'end'));
    const going = next.map(item => {
        if (!isHere(spanOf(item))) return item;
        return withPart(item, item.part === 'end' ? 'within' : 'begin');
    });
    return [...ended, ...going];
}

function withPart<Item extends { readonly part: Part }>(item: Item, part: Part): Item {
    return item.part === part ? item : { ...item, part };
}

function isOver({ end }: Ending, seq: number): boolean {
    return end !== undefined && end.seq < seq;
}

function partOf({ begin, end }: Ending, { seq }: WireEntry): Part {
    if (begin.seq === seq) return 'begin';
    return end?.seq === seq ? 'end' : 'through';
}

/** Rows without a change share the same list. */
function inRow<Item extends { readonly part: Part }>(items: readonly Item[], partIn: (item: Item) => Part) {
    return items.some(item => partIn(item) !== 'through') ? items.map(item => withPart(item, partIn(item))) : items;
}

function withoutEnded<Item>(items: readonly Item[], isEnded: (item: Item) => boolean): readonly Item[] {
    return items.some(isEnded) ? items.filter(item => !isEnded(item)) : items;
}

function firstFree(taken: readonly number[]): number {
    let place = 0;
    while (taken.includes(place)) place++;
    return place;
}
