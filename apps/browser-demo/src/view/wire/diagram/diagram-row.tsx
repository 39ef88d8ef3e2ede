import type { Row } from '../../../wire/diagram/row.ts';
import type { Exchange } from '../../../wire/exchanges.ts';
import { directionOf } from '../../../wire/wire-entry.ts';
import { RowContent } from './row-content.tsx';
import type { RowContents } from './row-contents.ts';

interface DiagramRowProps {
    id: string;
    row: Row;
    contents: RowContents;
    /** The highlighted exchange. */
    emphasized: Exchange | undefined;
    colour: number | undefined;
    isSelected: boolean;
    isArriving: boolean;
    /** The position among all rows, from 1, and the number of rows. */
    place: number;
    count: number;
    /** Pixels below the first row. */
    top: number;
    height: number;
}

/** One row as an option of the list. */
export function DiagramRow({ id, row, contents, emphasized, place, count, top, height, ...rest }: DiagramRowProps) {
    const [entry] = row.entries;
    const look = lookOfRow(contents);
    const arrival = rest.isArriving ? 'seq-arriving' : '';
    return (
        // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus.
        <div
            role="option"
            id={id}
            class={`${look.class} ${lookOf(row, emphasized)} ${arrival}`}
            data-seq={entry.seq}
            data-colour={rest.colour}
            aria-selected={rest.isSelected}
            aria-posinset={place}
            aria-setsize={count}
            style={{ top: `${top}px`, height: `${height}px`, '--lanes': lanesIn(row), ...look.style }}
        >
            <RowContent contents={contents} />
        </div>
    );
}

/** The class and the style of a row, wherever it is drawn. */
export function lookOfRow({ row, label, lane, bands, reach }: RowContents) {
    const direction = directionOf(row.entries[0]);
    const [band] = direction === 'to-server' && reach?.state !== 'reached' ? [] : bands;
    return {
        class: `seq-row seq-row-${row.kind} seq-${direction} seq-${label.tone ?? 'plain'} ${band === undefined ? '' : 'seq-on-band'}`,
        style: { '--lane': lane, '--band': band }
    };
}

/** The width of the lanes next to the life line. */
function lanesIn({ lines }: Row): number {
    return Math.max(1, ...lines.bars.map(({ lane }) => lane + 1));
}

/** Highlights the exchange that is pointed at, and moves the rest to the background. */
function lookOf({ entries }: Row, exchange: Exchange | undefined): string {
    if (!exchange) return '';
    const { sent, answered, reply } = exchange;
    return entries.some(entry => entry === sent || entry === answered || entry === reply) ? 'seq-out' : 'seq-back';
}
