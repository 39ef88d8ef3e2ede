import type { WireEntry } from '../wire-entry.ts';
import type { Band, Bands } from './bands.ts';
import type { Span, Spans } from './spans.ts';

/** The part of a span in one row: it begins there, ends there, or passes through. */
type Part = 'begin' | 'through' | 'end';

/** The activation bar of a pending request, in one row. */
interface Bar {
    readonly span: Span;
    /** 0 is on the life line, higher lanes are next to it. */
    readonly lane: number;
    readonly part: Part;
}

/** An event stream in one row. It is drawn only after the server has opened it. */
interface BandPart {
    readonly span: Band;
    /** 0 is closest to the life line. */
    readonly lane: number;
    readonly part: Part;
}

/** The life lines in one row. */
export interface LifeLines {
    readonly bars: readonly Bar[];
    /** The event streams, along the life line of the server. */
    readonly bands: readonly BandPart[];
    /** The gaps between streams. Each is in the lane of its stream. */
    readonly gaps: readonly Bar[];
}

/** Gives each pending request and each event stream a lane of its own. */
export interface Lanes {
    /** The life lines at the next visible entry. */
    next(entry: WireEntry): LifeLines;
    /** The life lines below the last one. */
    tail(): LifeLines;
    /** How many streams have been next to each other. */
    readonly width: number;
}

/** Further pending requests get no bar, because the labels need the room. */
const MAX_BARS = 5;
/** Further streams get no band. HTTP/1.1 has room for six. */
const MAX_BANDS = 6;

const NOTHING: LifeLines = { bars: [], bands: [], gaps: [] };

/** The filter may hide the end of a span, so each row checks which spans are over. */
export function createLanes(spans: Spans, bands: Bands): Lanes {
    let waits: readonly Bar[] = [];
    let streams: readonly BandPart[] = [];
    let gaps: readonly Bar[] = [];
    let width = 0;

    const begin = (span: Span): void => {
        if (span.kind === 'gap') {
            const lane = streams.find(({ span: band }) => band.end === span.begin)?.lane;
            if (lane !== undefined) gaps = [...gaps, { span, lane, part: 'through' }];
            return;
        }
        const lane = firstFree(waits);
        if (lane < MAX_BARS) waits = [...waits, { span, lane, part: 'through' }];
    };
    /** A stream that is opened again keeps its lane. */
    const beginBand = (span: Band): void => {
        // An event can show that the stream is open before anything says so. Its band is in the lane of the gap then.
        const gap = gaps.find(
            ({ span: { begin }, lane }) =>
                begin.session === span.session &&
                postOf(begin) === span.post &&
                !streams.some(stream => stream.lane === lane)
        );
        const lane = gap ? gap.lane : firstFree([...streams, ...gaps]);
        if (lane >= MAX_BANDS) return;
        streams = [...streams, { span, lane, part: 'through' }];
        width = Math.max(width, lane + 1);
    };

    return {
        next(entry) {
            waits = withoutEnded(waits, entry);
            streams = withoutEnded(streams, entry);
            gaps = withoutEnded(gaps, entry);
            const span = spans.of(entry.seq);
            if (span?.begin === entry) begin(span);
            for (const band of bands.of(entry.seq)) if (band.begin === entry) beginBand(band);
            // The filter may hide the beginning of a stream, and the record may have evicted it.
            const holding = bands.holding(entry);
            if (holding && !streams.some(({ span }) => span === holding)) beginBand(holding);
            if (waits.length + streams.length + gaps.length === 0) return NOTHING;
            return { bars: inRow(waits, entry), bands: inRow(streams, entry), gaps: inRow(gaps, entry) };
        },
        tail: () => ({ bars: waits.filter(isPending), bands: streams.filter(isPending), gaps: gaps.filter(isPending) }),
        get width() {
            return width;
        }
    };
}

/** The life lines of a row that gets one more entry. What begins and ends within the row is left out. */
export function joinLines(before: LifeLines, next: LifeLines, first: WireEntry): LifeLines {
    return {
        bars: joinParts(before.bars, next.bars, first),
        bands: joinParts(before.bands, next.bands, first),
        gaps: joinParts(before.gaps, next.gaps, first)
    };
}

interface Item {
    readonly span: { readonly begin: WireEntry; readonly end: WireEntry | undefined };
    readonly lane: number;
    readonly part: Part;
}

function joinParts<Some extends Item>(before: readonly Some[], next: readonly Some[], first: WireEntry) {
    // Nothing changes in most rows, and they share their lists.
    if (before === next) return before;
    const isHere = ({ span }: Item): boolean => span.begin.seq >= first.seq;
    const over = before.filter(item => !isHere(item) && !next.some(({ span }) => span === item.span));
    const ended = over.map(item => withPart(item, 'end'));
    const going = next
        .filter(item => item.part !== 'end' || !isHere(item))
        .map(item => (isHere(item) ? withPart(item, 'begin') : item));
    return [...ended, ...going];
}

function withPart<Some extends Item>(item: Some, part: Part): Some {
    return item.part === part ? item : { ...item, part };
}

function partOf({ span: { begin, end } }: Item, { seq }: WireEntry): Part {
    if (begin.seq === seq) return 'begin';
    return end?.seq === seq ? 'end' : 'through';
}

/** The stream that broke. */
function postOf(entry: WireEntry): number | undefined {
    return entry.kind === 'ended' ? entry.number : undefined;
}

function isPending({ span: { end } }: Item): boolean {
    return !end;
}

/** Rows without a change share the same list. */
function inRow<Some extends Item>(items: readonly Some[], entry: WireEntry): readonly Some[] {
    if (items.every(item => partOf(item, entry) === 'through')) return items;
    return items.map(item => withPart(item, partOf(item, entry)));
}

function withoutEnded<Some extends Item>(items: readonly Some[], { seq }: WireEntry): readonly Some[] {
    const isOver = ({ span: { end } }: Item): boolean => end !== undefined && end.seq < seq;
    return items.some(isOver) ? items.filter(item => !isOver(item)) : items;
}

function firstFree(taken: readonly Item[]): number {
    let lane = 0;
    while (taken.some(item => item.lane === lane)) lane++;
    return lane;
}
