import { useEffect, useRef } from 'preact/hooks';
import { findTarget, visibleBoxOf } from './target.ts';

/** The room between an element and the ring, in pixels. */
const MARGIN = 4;

/** A ring around the first visible element with one of the names. It follows the element while the page changes. */
export function TourRing({ targets }: { targets: readonly string[] }) {
    const ring = useRef<HTMLDivElement>(null);
    useEffect(() => {
        let found: HTMLElement | undefined;
        let drawn = '';
        let frame = 0;
        const follow = (): void => {
            frame = requestAnimationFrame(follow);
            const node = ring.current;
            if (!node) return;
            const target = findTarget(targets);
            // Only once for each element, so that the user can scroll elsewhere.
            if (target && target !== found) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            found = target;
            const box = target && visibleBoxOf(target);
            const next = JSON.stringify(box);
            if (next === drawn) return;
            drawn = next;
            node.hidden = !box;
            if (!box) return;
            node.dataset.raised = String(box.isRaised);
            node.style.left = `${box.left - MARGIN}px`;
            node.style.top = `${box.top - MARGIN}px`;
            node.style.width = `${box.width + 2 * MARGIN}px`;
            node.style.height = `${box.height + 2 * MARGIN}px`;
        };
        follow();
        return () => cancelAnimationFrame(frame);
    }, [targets]);
    return <div ref={ring} class="tour-ring" aria-hidden="true" hidden />;
}
