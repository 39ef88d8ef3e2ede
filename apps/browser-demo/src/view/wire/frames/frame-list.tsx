import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WireEntry } from '../../../model/wire-fact.ts';
import { t } from '../../../state/language.ts';
import type { RecordStore } from '../../../state/record.ts';
import type { WireView } from '../../../state/wire-view.ts';
import { FrameRow } from './frame-row.tsx';

/** So many of the newest entries are in the document. */
const SHOWN = 200;
/** A reader who is no further from the end than that, in pixels, follows it. */
const NEAR = 40;

interface FrameListProps {
    record: RecordStore;
    view: WireView;
}

/** What went over the wire, oldest first. */
export function FrameList({ record, view }: FrameListProps) {
    const entries = view.entries.value;
    const list = useRef<HTMLOListElement>(null);
    const follows = useRef(true);
    const rows = useRef(new WeakMap<WireEntry, { status: WireEntry | undefined; row: VNode }>());

    // Follow the newest frame, unless the reader has scrolled up to an older one.
    useLayoutEffect(() => {
        const node = list.current;
        if (node && follows.current) node.scrollTop = node.scrollHeight;
    }, [entries]);
    const noteScroll = (): void => {
        const node = list.current;
        if (node) follows.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
    };

    /** The same row again for an entry that has not changed: rendering passes over it. */
    const rowOf = (entry: WireEntry): VNode => {
        const status = entry.kind === 'post' ? record.exchanges.of(entry.seq)?.answered : undefined;
        const known = rows.current.get(entry);
        if (known && known.status === status) return known.row;
        const row = <FrameRow key={entry.seq} entry={entry} status={status} />;
        rows.current.set(entry, { status, row });
        return row;
    };
    // The status of a POST stands beside it.
    const rowEntries = entries.filter(({ kind }) => kind !== 'answered').slice(-SHOWN);

    return (
        /* What scrolls must be within reach of the keyboard, and not every browser sees to it. */
        <ol
            ref={list}
            class="frames"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
            tabIndex={0}
            aria-label={t('wire.list')}
            onScroll={noteScroll}
        >
            {rowEntries.length === 0 && <li class="empty">{t('wire.empty')}</li>}
            {rowEntries.map(rowOf)}
        </ol>
    );
}
