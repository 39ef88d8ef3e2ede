import { useRef } from 'preact/hooks';
import { translate } from '../../../state/preferences/language.ts';
import type { RecordStore } from '../../../state/wire/record.ts';
import { type Label, labelOf } from '../../../wire/diagram/label.ts';
import type { Reach } from '../../../wire/diagram/reach.ts';
import type { Row } from '../../../wire/diagram/rows.ts';
import { sentenceOf } from '../../../wire/diagram/sentence.ts';
import type { Exchange } from '../../../wire/exchanges.ts';
import { RowPicture } from './row-picture.tsx';

/** The contents of a row; the same object while nothing changes. */
export interface RowContents extends RowLook {
    readonly row: Row;
    readonly label: Label;
    readonly reach: Reach | undefined;
    /** The lane where the arrow begins or ends: 0 for the life line itself. */
    readonly lane: number;
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

function keyOf({ entries, lines }: Row, { hasBadges, emphasized, colourOf }: RowLook): string {
    const badges = hasBadges ? entries.map(({ session }) => colourOf(session)) : [];
    const bars = lines.bars.map(({ span }) => `${colourOf(span.begin.session)} ${span.begin === emphasized?.sent}`);
    return [hasBadges, badges, bars].join(';');
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
        lastEventId: resumptions.lastEventId(entry.seq),
        isReplayed: resumptions.isReplayed(entry.seq)
    });
    const own = row.lines.bars.find(({ span }) => span.begin === exchange?.sent);
    return { row, label, reach, lane: own ? own.lane + 1 : 0, ...look };
}

/** A row in words and as a picture. It is rendered again for new contents, and when the language changes. */
export function RowContent({ contents }: { contents: RowContents }) {
    const { row, label, hasBadges } = contents;
    const [entry] = row.entries;
    const session = hasBadges ? entry.session : undefined;
    return (
        <>
            <span class="visually-hidden">{translate(sentenceOf(entry, label, session))}</span>
            {/* An `aria-label` would have to repeat the visible text word for word. */}
            <span aria-hidden="true">
                <RowPicture {...contents} />
            </span>
        </>
    );
}
