import { useRef } from 'preact/hooks';
import type { RecordStore } from '../../../state/wire/record.ts';
import { isFailedAttempt } from '../../../wire/diagram/folds.ts';
import { type Label, labelOf } from '../../../wire/diagram/label.ts';
import type { Reach } from '../../../wire/diagram/reach.ts';
import type { Row } from '../../../wire/diagram/row.ts';
import type { Exchange } from '../../../wire/exchanges.ts';

/** The contents of a row; the same object while nothing changes. */
export interface RowContents extends RowLook {
    readonly row: Row;
    readonly label: Label;
    readonly reach: Reach | undefined;
    /** The lane where the arrow begins or ends: 0 for the life line itself. */
    readonly lane: number;
    /** The lanes of the event streams that its entries belong to. */
    readonly bands: readonly number[];
}

/** What all rows share. */
interface RowLook {
    /** Whether rows must name their session. */
    hasBadges: boolean;
    /** The highlighted exchange. */
    emphasized: Exchange | undefined;
    /** Must be the same function in each render. */
    colourOf(session: string): number | undefined;
}

/** Returns the same contents for an unchanged row, so that it is not rendered again. */
export function useRowContents(record: RecordStore, look: RowLook): (row: Row) => RowContents {
    const cache = useRef(new WeakMap<Row, { key: string; contents: RowContents }>());
    return row => {
        const key = `${record.reaches.of(row.entries[0].seq)?.state};${keyOf(row, look)}`;
        const known = cache.current.get(row);
        if (known?.key === key) return known.contents;
        const contents = createContents(row, record, look);
        cache.current.set(row, { key, contents });
        return contents;
    };
}

function keyOf(row: Row, { hasBadges, emphasized, colourOf }: RowLook): string {
    const badges = hasBadges ? row.sessions.map(colourOf) : [];
    const bars = row.lines.bars.map(({ span }) => `${colourOf(span.begin.session)} ${span.begin === emphasized?.sent}`);
    // A stream that was requested is drawn after it is open.
    const bands = row.lines.bands.map(({ span }) => `${colourOf(span.session)} ${span.opened !== undefined}`);
    return [hasBadges, badges, bars, bands].join(';');
}

function createContents(row: Row, record: RecordStore, look: RowLook): RowContents {
    const [entry] = row.entries;
    const { exchanges, spans, reaches, resumptions } = record;
    const exchange = exchanges.of(entry.seq);
    const reach = reaches.of(entry.seq);
    const label = labelOf(row.entries, {
        exchange,
        span: spans.of(entry.seq),
        reach,
        fold: row.fold,
        isAttempt: isFailedAttempt(entry, record.bands),
        lastEventId: resumptions.lastEventId(entry.seq),
        isReplayed: resumptions.isReplayed(entry.seq)
    });
    const own = row.lines.bars.find(({ span }) => span.begin === exchange?.sent);
    return { row, label, reach, lane: own ? own.lane + 1 : 0, bands: bandsOf(row, record), ...look };
}

function bandsOf({ entries, lines }: Row, { bands }: RecordStore): number[] {
    // In a long fold, the older heartbeats came on the same streams.
    const newest = entries.length > 100 ? entries.slice(-100) : entries;
    const own = new Set(newest.map(entry => bands.holding(entry) ?? bands.of(entry.seq)[0]));
    return lines.bands.flatMap(({ span, lane }) => (own.has(span) ? [lane] : []));
}
