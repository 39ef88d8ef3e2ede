import type { WireEntry } from '../wire-entry.ts';
import type { Span, Spans } from './spans.ts';

/** What of something that lasts is in a row: that it begins at the row's arrow, or ends there, or passes. */
type Part = 'begin' | 'through' | 'end';

/** The activation of a request that waits, in one row. */
interface Bar {
    readonly span: Span;
    /** 0 is on the life line, the others beside it. */
    readonly lane: number;
    readonly part: Part;
}

/** The life lines in one row. */
export interface LifeLines {
    readonly bars: readonly Bar[];
    /** Whether a stream is away. */
    readonly torn: Part | undefined;
}

/** Gives requests that wait at the same time a lane each. */
export interface Lanes {
    /** The life lines beside the next entry that is shown. */
    next(entry: WireEntry): LifeLines;
    /** The life lines below the last one. */
    tail(): LifeLines;
}

/** More requests than that at the same time, and the others have no bar: the labels want the room. */
const MAX_LANES = 5;

const NOTHING: LifeLines = { bars: [], torn: undefined };

/** What ends a span may not be shown; so it is asked for each row whether a span is over. */
export function createLanes(spans: Spans): Lanes {
    let waits: readonly Bar[] = [];
    let gaps: readonly Span[] = [];

    const begin = (span: Span): void => {
        if (span.kind === 'gap') {
            gaps = [...gaps, span];
            return;
        }
        let lane = 0;
        while (waits.some(bar => bar.lane === lane)) lane++;
        if (lane < MAX_LANES) waits = [...waits, { span, lane, part: 'through' }];
    };
    const isOver = ({ end }: Span, seq: number): boolean => end !== undefined && end.seq < seq;
    const partOf = ({ begin, end }: Span, { seq }: WireEntry): Part => {
        if (begin.seq === seq) return 'begin';
        return end?.seq === seq ? 'end' : 'through';
    };
    const tornAt = (entry: WireEntry): Part | undefined => {
        if (gaps.length === 0) return undefined;
        const parts = gaps.map(gap => partOf(gap, entry));
        return parts.includes('through') ? 'through' : parts[0];
    };

    return {
        next(entry) {
            if (waits.some(({ span }) => isOver(span, entry.seq))) {
                waits = waits.filter(({ span }) => !isOver(span, entry.seq));
            }
            if (gaps.length > 0) gaps = gaps.filter(gap => !isOver(gap, entry.seq));
            const span = spans.of(entry.seq);
            if (span?.begin === entry) begin(span);
            if (waits.length === 0 && gaps.length === 0) return NOTHING;
            // Without a change, rows share what is the same.
            const isChanged = waits.some(bar => partOf(bar.span, entry) !== 'through');
            const bars = isChanged ? waits.map(bar => ({ ...bar, part: partOf(bar.span, entry) })) : waits;
            return { bars, torn: tornAt(entry) };
        },
        tail() {
            const torn = gaps.some(({ end }) => !end) ? 'through' : undefined;
            return { bars: waits.filter(({ span }) => !span.end), torn };
        }
    };
}
