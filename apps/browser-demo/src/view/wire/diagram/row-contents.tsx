import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { labelOf } from '../../../model/diagram/label.ts';
import type { Row } from '../../../model/diagram/rows.ts';
import { sentenceOf } from '../../../model/diagram/sentence.ts';
import type { Exchange } from '../../../model/exchanges.ts';
import { diagramFactsOf } from '../../../state/diagram.ts';
import { language, tell } from '../../../state/language.ts';
import type { RecordStore } from '../../../state/record.ts';
import { RowPicture } from './row-picture.tsx';

/** What a row shows and says, in words and as a picture. */
export interface RowContents {
    readonly tone: string;
    /** The lane from which its arrow leaves, or at which it arrives: 0 for the life line itself. */
    readonly lane: number;
    readonly content: VNode;
}

/** What a row was drawn with, and what that depends on. */
interface Drawn {
    key: string;
    contents: RowContents;
}

interface RowContentOptions {
    record: RecordStore;
    /** Whether it has to be said which session a row is of. */
    hasBadges: boolean;
    /** The exchange that is brought out. */
    emphasized: Exchange | undefined;
    colourOf(session: string): number | undefined;
}

/** Gives the same content again for a row that has not changed: rendering passes over it. */
export function useRowContents(options: RowContentOptions): (row: Row) => RowContents {
    // Only what was drawn last: rows that are drawn no more would keep their elements. And only by the ref, as one drawing
    // that held the map of the one before would hold them all.
    const maps = useRef({ before: new Map<Row, Drawn>(), now: new Map<Row, Drawn>() });
    maps.current = { before: maps.current.now, now: new Map() };
    return row => {
        const { before, now } = maps.current;
        const key = keyOf(row, options);
        const known = before.get(row);
        const drawn = known?.key === key ? known : { key, contents: createContents(row, options) };
        now.set(row, drawn);
        return drawn.contents;
    };
}

function keyOf({ lines }: Row, { hasBadges, emphasized, colourOf }: RowContentOptions): string {
    const bars = lines.bars.map(({ span }) => `${colourOf(span.begin.session)} ${span.begin === emphasized?.sent}`);
    return [language.value, hasBadges, ...bars].join();
}

function createContents(row: Row, { record, hasBadges, emphasized, colourOf }: RowContentOptions): RowContents {
    const [entry] = row.entries;
    const { spans, resumptions } = diagramFactsOf(record);
    const exchange = record.exchanges.of(entry.seq);
    const label = labelOf(row.entries, {
        exchange,
        span: spans.of(entry.seq),
        lastEventId: resumptions.lastEventId(entry.seq),
        isReplayed: resumptions.isReplayed(entry.seq)
    });
    const own = row.lines.bars.find(({ span }) => span.begin === exchange?.sent);
    const session = hasBadges ? entry.session : undefined;
    return {
        tone: label.tone ?? 'plain',
        lane: own ? own.lane + 1 : 0,
        content: (
            <>
                <span class="visually-hidden">{tell(sentenceOf(entry, label, session))}</span>
                {/* Names given by an attribute would have to repeat what can be seen, word by word. */}
                <span aria-hidden="true">
                    <RowPicture
                        row={row}
                        label={label}
                        hasBadges={hasBadges}
                        colourOf={colourOf}
                        emphasized={emphasized}
                    />
                </span>
            </>
        )
    };
}
