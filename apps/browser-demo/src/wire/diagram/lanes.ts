import type { WireEntry } from '../wire-entry.ts';
import type { Span, Spans } from './spans.ts';

/** The part of a span in one row: it begins there, ends there or passes through. */
type Part = 'begin' | 'through' | 'end';

/** The activation bar of a pending request, in one row. */
interface Bar {
    readonly span: Span;
    /** 0 is on the life line, higher lanes are next to it. */
    readonly lane: number;
    readonly part: Part;
}

/** The life lines in one row. */
export interface LifeLines {
    readonly bars: readonly Bar[];
    /** The part of a gap in which a stream is down, if there is one. */
    readonly torn: Part | undefined;
}

/** Gives each pending request a lane of its own. */
export interface Lanes {
    /** The life lines at the next visible entry. */
    next(entry: WireEntry): LifeLines;
    /** The life lines below the last one. */
    tail(): LifeLines;
}

/** Further pending requests get no bar, because the labels need the room. */
const MAX_LANES = 5;

const NOTHING: LifeLines = { bars: [], torn: undefined };

/** The filter may hide the end of a span, so each row checks which spans are over. */
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
            // Rows without a change share the same object.
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
