import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { indexFrom, indexOfSeq } from '../../../wire/entry-index.ts';
import { createRowLayout } from './row-layout.ts';

/** A reader who is no further from the end than that, in pixels, follows it. */
const NEAR = 40;

/** Where the reader is: at the end, and stays there, or so many pixels below the top of a row. */
type Place = 'end' | { seq: number; offset: number };

interface RowWindowOptions<Row> {
    scroller: RefObject<HTMLElement | null>;
    rows: readonly Row[];
    /** How high a row is, in pixels, unless `observe` finds another height; letters grow with the page, as `rem` tells. */
    estimate(row: Row, rem: number): number;
    /** So much above and below what is in sight is in the document too, in pixels. */
    margin: number;
    /** So much of the scroller, in rem, is never for rows. */
    head?: number;
}

/**
 * Of a list of any length, the rows around where the reader is. What the reader looks at stays where it is while rows
 * come, go and turn out to be of another height than was thought. That is told by the elements given to `observe`, whose
 * `data-seq` names their row; where none is given, the estimate holds.
 */
export function useRowWindow<Row extends { seq: number }>({
    scroller,
    rows,
    estimate,
    margin,
    head = 0
}: RowWindowOptions<Row>) {
    const size = useRef({ width: 0, height: 600, rem: 16 });
    const layout = useMemo(() => createRowLayout<Row>(row => estimate(row, size.current.rem)), []);
    const place = useRef<Place>('end');
    // The row that has the focus, which would be lost with it.
    const focused = useRef<number | undefined>(undefined);
    // Where the list was put last: when that is told of, the reader has not moved.
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
                if (list) {
                    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
                    if (list.clientWidth !== size.current.width || rem !== size.current.rem) layout.forget();
                    size.current = { width: list.clientWidth, height: list.clientHeight - Math.round(head * rem), rem };
                }
                let isNews = list !== undefined;
                for (const { target, borderBoxSize } of changes) {
                    if (target === list || !(target instanceof HTMLElement)) continue;
                    // What has left the document is told of once more, without a height.
                    if (!target.isConnected) observer.unobserve(target);
                    else if (layout.measure(Number(target.dataset.seq), borderBoxSize[0]?.blockSize ?? 0))
                        isNews = true;
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
    const topFor = (at: Place): number => {
        if (at === 'end') return furthest;
        const index = indexFrom(rows, at.seq);
        // What was looked at may be gone; then it is what came after it.
        return Math.min(furthest, Math.max(0, layout.topOf(index) + (rows[index]?.seq === at.seq ? at.offset : 0)));
    };
    const top = topFor(place.current);
    const start = layout.indexAt(top - margin);
    const end = Math.min(rows.length, layout.indexAt(top + size.current.height + margin) + 1);
    const apart = focused.current === undefined ? -1 : indexOfSeq(rows, focused.current);

    useLayoutEffect(() => {
        const list = scroller.current;
        if (!list) return;
        const to = place.current === 'end' ? list.scrollHeight : top;
        if (Math.abs(list.scrollTop - to) >= 1) list.scrollTop = to;
        written.current = list.scrollTop;
    });

    /** Stays at the row that is the first in sight now, whatever comes. */
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
        isAtEnd: place.current === 'end',
        /** What is in sight, in pixels of the layout. */
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
        /** A reader who has the focus in a row looks at it, and does not follow the end. */
        noteFocus(seq: number | undefined): void {
            focused.current = seq;
            if (seq === undefined || place.current !== 'end') return;
            stay();
            redraw();
        },
        /** Stays where the reader is, or goes elsewhere. */
        go(to?: Place): void {
            if (to) place.current = to;
            else stay();
            redraw();
        }
    };
}
