import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

interface Viewport {
    /** Pixels. */
    readonly height: number;
    /** Pixels in a rem: letters grow with the width of the page. */
    readonly rem: number;
}

/** How much of a list can be seen, and how large its letters are. */
export function useViewport(scroller: RefObject<HTMLElement | null>): Signal<Viewport> {
    const viewport = useSignal<Viewport>({ height: 0, rem: 16 });
    useLayoutEffect(() => {
        const node = scroller.current;
        if (!node) return;
        const measure = (): void => {
            const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
            const { height: before, rem: remBefore } = viewport.value;
            if (node.clientHeight !== before || rem !== remBefore) viewport.value = { height: node.clientHeight, rem };
        };
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(node);
        return () => observer.disconnect();
    }, []);
    return viewport;
}
