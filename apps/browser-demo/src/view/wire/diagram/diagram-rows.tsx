import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { ShownWire } from '../../../state/wire/shown-record.ts';
import { type Fold, lastOf, type Row, type RowKind } from '../../../wire/diagram/row.ts';
import { createRows, rowOf } from '../../../wire/diagram/rows.ts';
import { NewestButton } from '../../parts/newest-button.tsx';
import { set } from '../../parts/signals.ts';
import { useRowWindow } from '../rows/row-window.ts';
import { seqAt } from '../rows/seq-at.ts';
import { DiagramNote } from './diagram-note.tsx';
import { DiagramRow } from './diagram-row.tsx';
import { LifeLineParts } from './life-line-parts.tsx';
import { moveBy } from './move-by.ts';
import { useRowContents } from './row-contents.ts';
import { useArrivals } from './use-arrivals.ts';

/** In rem. The height of the head is also in the style. */
const HEIGHTS: Record<RowKind, number> = { arrow: 2.25, answer: 2, tick: 1.25, note: 2.25, break: 2.5, fold: 2 };
const HEAD = 2.5;

/**
 * The rows of the diagram. Only visible rows are in the document. It is a listbox, whose options know their position
 * among all rows.
 */
export function DiagramRows({ record, view }: ShownWire) {
    const id = useId();
    const scroller = useRef<HTMLDivElement>(null);
    const rowsOf = useMemo(() => createRows(record), [record]);
    const { list, tail, sessions, width, isHandshake } = rowsOf(view.entries.value, view.unfolded.value);
    const { layout, indices, isAtEnd, top, height, noteScroll, go } = useRowWindow({
        scroller,
        rows: list,
        // Whole pixels, because fractions would leave gaps in the life lines.
        estimate: ({ kind }, rem) => Math.round(HEIGHTS[kind] * rem),
        margin: 240,
        head: HEAD,
        staysAtTop: isHandshake
    });
    const isArriving = useArrivals(record, lastSeq(list));

    const selected = view.selected.value;
    const selectedAt = selected === undefined ? -1 : rowOf(list, selected);
    useLayoutEffect(() => {
        const row = list[selectedAt];
        if (!row) return;
        // The smallest movement that makes the row visible.
        const at = layout.topOf(selectedAt);
        const lowest = layout.topOf(selectedAt + 1) - height;
        if (at < top) go({ seq: row.seq, offset: 0 });
        else if (lowest > top) go(row === list.at(-1) ? 'end' : { seq: row.seq, offset: lowest - at });
        // The note of the row makes the diagram lower.
    }, [selected, height]);

    const pointedOut = view.pointed.value ?? selected;
    const emphasized = pointedOut === undefined ? undefined : record.exchanges.of(pointedOut);
    const colourOf = useMemo(() => (session: string) => record.sessions.get(session)?.colour, [record]);
    const contentsOf = useRowContents(record, { hasBadges: sessions.size > 1, emphasized, colourOf });

    const setFold = (fold: Fold | undefined, isOpen: boolean): void => {
        if (!fold || fold.isOpen === isOpen) return;
        const next = new Set(view.unfolded.value);
        if (isOpen) next.add(fold.id);
        else next.delete(fold.id);
        view.unfolded.value = next;
    };
    const onClick = ({ target }: Event): void => {
        const seq = seqAt(target);
        const row = seq === undefined ? undefined : list[rowOf(list, seq)];
        const isMark = target instanceof Element && target.closest('[data-fold]') !== null;
        if (row?.fold && (isMark || !row.fold.isOpen)) setFold(row.fold, !row.fold.isOpen);
        else view.selected.value = seq === selected ? undefined : seq;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const fold = list[selectedAt]?.fold;
        if (event.key === 'Escape') view.selected.value = undefined;
        if (event.key === 'Enter') setFold(fold, !fold?.isOpen);
        if (event.key === 'ArrowRight') setFold(fold, true);
        if (event.key === 'ArrowLeft') setFold(fold, false);
        const target = moveBy(event.key, selectedAt, layout, height);
        if (target === undefined) return;
        event.preventDefault();
        view.selected.value = list[target]?.seq;
    };

    // The selected row stays in the document, because screen readers are there.
    const shown = [...new Set([...indices, selectedAt])].flatMap(place => {
        const row = list[place];
        return row ? [{ place, row }] : [];
    });
    const idOf = ({ seq }: Row): string => `${id}-${seq}`;

    return (
        <div class="diagram" data-tour="diagram">
            <div class="diagram-view">
                <div
                    ref={scroller}
                    class="diagram-scroll"
                    style={{ '--bands': Math.max(1, width) }}
                    onScroll={noteScroll}
                >
                    <div class="diagram-head">
                        <span class="seq-life seq-browser">{t(say.diagram.browser)}</span>
                        <span class="seq-life seq-server">{t(say.diagram.server)}</span>
                    </div>
                    <div class="diagram-body">
                        <span class="seq-line seq-line-browser" />
                        <span class="seq-line seq-line-server" />
                        <div
                            role="listbox"
                            class={emphasized ? 'diagram-rows seq-emphasizing' : 'diagram-rows'}
                            tabIndex={0}
                            aria-label={t(say.diagram.label)}
                            aria-activedescendant={list[selectedAt] && idOf(list[selectedAt])}
                            style={{ height: `${layout.height}px` }}
                            onKeyDown={onKeyDown}
                            onPointerMove={({ target }) => set(view.pointed, seqAt(target))}
                            onPointerLeave={() => set(view.pointed, undefined)}
                            onClick={onClick}
                        >
                            {shown.map(({ place, row }) => (
                                <DiagramRow
                                    key={row.seq}
                                    id={idOf(row)}
                                    row={row}
                                    contents={contentsOf(row)}
                                    emphasized={emphasized}
                                    colour={colourOf(row.entries[0].session)}
                                    isSelected={place === selectedAt}
                                    isArriving={isArriving(row)}
                                    place={place + 1}
                                    count={list.length}
                                    top={layout.topOf(place)}
                                    height={layout.topOf(place + 1) - layout.topOf(place)}
                                />
                            ))}
                        </div>
                        <div class="diagram-tail">
                            <LifeLineParts lines={tail} colourOf={colourOf} emphasized={emphasized} />
                        </div>
                    </div>
                </div>
                {!isAtEnd && <NewestButton onClick={() => go('end')} />}
            </div>
            <DiagramNote
                record={record}
                row={list[selectedAt]}
                reach={selected === undefined ? undefined : record.reaches.of(selected)}
            />
        </div>
    );
}

function lastSeq(list: readonly Row[]): number {
    const row = list.at(-1);
    return row ? lastOf(row).seq : 0;
}
