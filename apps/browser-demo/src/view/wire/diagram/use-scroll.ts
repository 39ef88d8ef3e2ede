import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Rows, rowAt } from '../../../model/diagram/rows.ts';

/** A reader who is no further from the end than that, in pixels, follows it. */
const NEAR = 40;
/** So much more than what is in sight is in the document, in pixels. */
const MARGIN = 240;

interface Scroll {
    /** Whether the newest row is kept in sight. */
    readonly follows: Signal<boolean>;
    /** The places of the first and the last row to have in the document. */
    readonly first: number;
    readonly last: number;
    /** Scrolls as little as brings that row in sight. */
    reveal(index: number): void;
    toEnd(): void;
    onScroll(): void;
}

/**
 * Follows the newest row until the reader scrolls up; from then on what is read stays where it is, also when rows
 * above it go.
 *
 * @param inSight the height for rows, in pixels.
 */
export function useScroll(scroller: RefObject<HTMLElement | null>, rows: Rows, inSight: number): Scroll {
    const { list, top, height } = rows;
    const follows = useSignal(true);
    const scrolled = useSignal(0);
    const topBefore = useRef(top);

    const onScroll = (): void => {
        const node = scroller.current;
        if (!node) return;
        const isUp = node.scrollTop < scrolled.value;
        scrolled.value = node.scrollTop;
        // The end moves by itself where the diagram becomes less high, and that may be seen here first.
        if (node.scrollHeight - node.scrollTop - node.clientHeight < NEAR) follows.value = true;
        else if (isUp) follows.value = false;
    };
    const scrollTo = (to: number): void => {
        if (scroller.current) scroller.current.scrollTop = to;
        // Not only when the browser tells: what is drawn next has these rows.
        onScroll();
    };
    useLayoutEffect(() => {
        const gone = top - topBefore.current;
        topBefore.current = top;
        if (follows.value) scrollTo(Number.MAX_SAFE_INTEGER);
        else if (gone > 0) scrollTo(Math.max(0, scrolled.value - gone));
    }, [top, height, inSight]);

    const from = follows.value ? height - inSight : scrolled.value;
    return {
        follows,
        first: rowAt(rows, from - MARGIN),
        last: rowAt(rows, from + inSight + MARGIN),
        onScroll,
        toEnd: () => scrollTo(Number.MAX_SAFE_INTEGER),
        reveal(index) {
            const row = list[index];
            if (!row) return;
            const at = row.top - top;
            const lowest = at + row.height - inSight;
            if (at < scrolled.value) scrollTo(at);
            else if (lowest > scrolled.value) scrollTo(index === list.length - 1 ? Number.MAX_SAFE_INTEGER : lowest);
        }
    };
}
