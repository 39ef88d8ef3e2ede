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
    const cache = useRef(new WeakMap<Row, { key: string; contents: RowContents }>());
    return row => {
        const key = keyOf(row, options);
        const known = cache.current.get(row);
        if (known?.key === key) return known.contents;
        const contents = createContents(row, options);
        cache.current.set(row, { key, contents });
        return contents;
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
