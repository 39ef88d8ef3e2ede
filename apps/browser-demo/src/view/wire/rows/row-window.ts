import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { indexFrom, indexOfSeq } from '../../../wire/entry-index.ts';
import { createRowLayout } from './row-layout.ts';

/** The list follows its end if the scroll position is this close to it, in pixels. */
const NEAR = 40;

/**
 * The scroll position: at the end, or a number of pixels below the top of a row. `first` is the end, unless the list stays
 * at its top until then.
 */
type Place = 'first' | 'end' | { seq: number; offset: number };

interface RowWindowOptions<Row> {
    scroller: RefObject<HTMLElement | null>;
    rows: readonly Row[];
    /**
     * The estimated height of a row, in pixels, until `observe` measures it. `rem` is the size of the text, which grows
     * with the page.
     */
    estimate(row: Row, rem: number): number;
    /** How far above and below the visible part rows are in the document, in pixels. */
    margin: number;
    /** The part of the scroller that is not for rows, in rem. */
    head?: number;
    /** Whether the list shows its top, and not its end, as long as the user has not scrolled. */
    staysAtTop?: boolean;
}

/**
 * The rows of a long list that are near the scroll position. The visible rows do not move while rows are added, evicted
 * or measured. Pass the elements of the rows to `observe` to measure them; their `data-seq` is the number of the row.
 * Without it, the estimates are used.
 */
export function useRowWindow<Row extends { seq: number }>({
    scroller,
    rows,
    estimate,
    margin,
    head = 0,
    staysAtTop = false
}: RowWindowOptions<Row>) {
    const size = useRef({ width: 0, height: 600, rem: 16 });
    const layout = useMemo(() => createRowLayout<Row>(row => estimate(row, size.current.rem)), []);
    const place = useRef<Place>('first');
    // The row with the focus. If it left the document, the focus would be lost.
    const focused = useRef<number | undefined>(undefined);
    // The scroll position that was set last. A scroll event with this position is not from the user.
    const written = useRef(0);
    const drawing = useSignal(0);
    void drawing.value;
    const redraw = (): void => {
        drawing.value++;
    };

    const observer = useMemo(
        () =>
            new ResizeObserver(changes => {
                const list = changes.find(({ target }) => target === scroller.current)?.target;
                // While it is hidden, what was measured before still applies.
                if (list && list.clientWidth > 0) {
                    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
                    if (list.clientWidth !== size.current.width || rem !== size.current.rem) layout.forget();
                    size.current = { width: list.clientWidth, height: list.clientHeight - Math.round(head * rem), rem };
                }
                let isNews = list !== undefined;
                for (const { target, borderBoxSize } of changes) {
                    if (target === list || !(target instanceof HTMLElement)) continue;
                    const height = borderBoxSize[0]?.blockSize ?? 0;
                    // A row that leaves the document is reported once more, with no height. So are rows that are hidden.
                    if (!target.isConnected) observer.unobserve(target);
                    else if (height > 0 && layout.measure(Number(target.dataset.seq), height)) isNews = true;
                }
                if (isNews) redraw();
            }),
        []
    );
    useLayoutEffect(() => {
        if (scroller.current) observer.observe(scroller.current);
        return () => observer.disconnect();
    }, []);

    layout.setRows(rows);
    const furthest = Math.max(0, layout.height - size.current.height);
    const isAtEnd = place.current === 'end' || (place.current === 'first' && !(staysAtTop && furthest > 0));
    const topFor = (at: Place): number => {
        if (isAtEnd) return furthest;
        if (typeof at === 'string') return 0;
        const index = indexFrom(rows, at.seq);
        // If the row was evicted, the next one takes its place.
        return Math.min(furthest, Math.max(0, layout.topOf(index) + (rows[index]?.seq === at.seq ? at.offset : 0)));
    };
    const top = topFor(place.current);
    const start = layout.indexAt(top - margin);
    const end = Math.min(rows.length, layout.indexAt(top + size.current.height + margin) + 1);
    const apart = focused.current === undefined ? -1 : indexOfSeq(rows, focused.current);

    useLayoutEffect(() => {
        const list = scroller.current;
        if (!list) return;
        const to = isAtEnd ? list.scrollHeight : top;
        if (Math.abs(list.scrollTop - to) >= 1) list.scrollTop = to;
        written.current = list.scrollTop;
    });

    /** Stays at the first visible row. */
    const stay = (): void => {
        const now = scroller.current?.scrollTop ?? 0;
        const index = layout.indexAt(now);
        place.current = { seq: layout.rows[index]?.seq ?? 0, offset: now - layout.topOf(index) };
    };

    return {
        layout,
        /** The indices of the rows to draw. */
        indices: [
            ...(apart !== -1 && apart < start ? [apart] : []),
            ...Array.from({ length: end - start }, (_row, index) => start + index),
            ...(apart >= end ? [apart] : [])
        ],
        isAtEnd,
        /** The visible part, in pixels of the layout. */
        top,
        height: size.current.height,
        observe: useMemo(
            () =>
                (element: Element | null): void =>
                    void (element && observer.observe(element)),
            []
        ),
        noteScroll(): void {
            const list = scroller.current;
            if (!list || list.scrollTop === written.current) return;
            if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) place.current = 'end';
            else stay();
            redraw();
        },
        /** While a row has the focus, the list does not follow its end. */
        noteFocus(seq: number | undefined): void {
            focused.current = seq;
            if (seq === undefined || typeof place.current !== 'string') return;
            stay();
            redraw();
        },
        /** Keeps the scroll position, or moves to another. */
        go(to?: Place): void {
            if (to) place.current = to;
            else stay();
            redraw();
        }
    };
}
