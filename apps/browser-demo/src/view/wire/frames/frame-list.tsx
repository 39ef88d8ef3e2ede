import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { Connection } from '../../../state/session/connection.ts';
import type { ShownWire } from '../../../state/wire/shown-record.ts';
import type { WireView } from '../../../state/wire/wire-view.ts';
import { isFailedAttempt } from '../../../wire/diagram/folds.ts';
import { indexOfSeq } from '../../../wire/entry-index.ts';
import { directionOf, type WireEntry } from '../../../wire/wire-entry.ts';
import { NewestButton } from '../../parts/newest-button.tsx';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { set } from '../../parts/signals.ts';
import { useRowWindow } from '../rows/row-window.ts';
import { seqAt } from '../rows/seq-at.ts';
import { FrameRow } from './frame-row.tsx';
import { SearchWords } from './marked.tsx';
import { ReaderNote } from './reader-note.tsx';
import { estimateHeight } from './row-height.ts';
import { createRowStates } from './row-state.ts';
import { createSender } from './sender.ts';

interface FrameListProps extends ShownWire {
    /** The sessions that can send a message again; none in a replay. */
    connections: readonly Connection[];
}

/** What went over the wire, oldest first. Only the rows near the scroll position are in the document. */
export function FrameList({ record, view, connections }: FrameListProps) {
    const rows = view.rows.value;
    const scroller = useRef<HTMLOListElement>(null);
    const said = useSignal('');
    const stateOf = useMemo(createRowStates, []);
    const sender = useMemo(() => createSender(record.wire, connections, view.selected), [record, connections, view]);
    const { layout, indices, isAtEnd, top, height, observe, noteScroll, noteFocus, go } = useRowWindow({
        scroller,
        rows,
        estimate: estimateHeight,
        margin: 1200
    });

    const { selected } = view;
    const selectedRow = selected.value === undefined ? undefined : view.rowOf(selected.value);
    useLayoutEffect(() => {
        const index = selectedRow === undefined ? -1 : indexOfSeq(rows, selectedRow);
        if (selectedRow === undefined || index === -1) return;
        const isInSight = layout.topOf(index) >= top && layout.topOf(index + 1) <= top + height;
        go(isInSight ? undefined : { seq: selectedRow, offset: -height / 3 });
    }, [selectedRow]);

    const sessions = record.sessions.list();
    const hasLetters = record.sessions.recorded.size > 1;
    const items = indices.map(index => {
        const entry = rows[index] as WireEntry;
        return (
            <li
                key={entry.seq}
                ref={observe}
                class={`frame ${directionOf(entry)}`}
                data-seq={entry.seq}
                data-selected={entry.seq === selectedRow || undefined}
                data-colour={record.sessions.get(entry.session)?.colour}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                style={{ top: `${layout.topOf(index)}px` }}
            >
                {/* Rendered again only for new props, because it reads signals. */}
                <FrameRow
                    entry={entry}
                    status={entry.kind === 'post' ? record.exchanges.of(entry.seq)?.answered : undefined}
                    isAttempt={isFailedAttempt(entry, record.bands)}
                    hasLetter={hasLetters}
                    isSelected={entry.seq === selectedRow}
                    selected={selected}
                    state={stateOf(entry)}
                    sender={sender.canSendAgain(entry) ? sender : undefined}
                    said={said}
                />
            </li>
        );
    });

    return (
        <div class="frames">
            <div class="frames-top">
                <h3>{t(say.frames.heading)}</h3>
                <ReaderNote sessions={sessions} />
            </div>
            {/* Scrolling areas must be focusable, and not every browser makes them so. */}
            <ol
                ref={scroller}
                class="frame-rows"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
                tabIndex={0}
                aria-label={t(say.wire.list)}
                style={{ '--height': `${layout.height}px` }}
                onScroll={noteScroll}
                onFocusIn={({ target }) => noteFocus(seqAt(target))}
                onFocusOut={() => noteFocus(undefined)}
            >
                {rows.length === 0 && <Empty view={view} />}
                <SearchWords.Provider value={view.words.value}>{items}</SearchWords.Provider>
            </ol>
            {!isAtEnd && (
                <NewestButton
                    onClick={() => {
                        scroller.current?.focus();
                        go('end');
                    }}
                />
            )}
            <p class="visually-hidden" aria-live="polite">
                {said}
            </p>
        </div>
    );
}

/** Why the list is empty, and what to do. */
function Empty({ view }: { view: WireView }) {
    if (!view.isFiltered.value) return <li class="empty">{t(say.wire.empty)}</li>;
    return (
        <li class="empty">
            {t(say.frames.noMatch)}{' '}
            <QuietButton onClick={() => set(view.filter, {})}>{t(say.toolbar.reset)}</QuietButton>
        </li>
    );
}
