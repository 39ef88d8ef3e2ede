import type { Locator, Page } from '@calc/test-helpers/browser';

/** Whether the whole element is inside the window and inside all elements that scroll, and nothing covers its middle. */
export function isInSight(element: Locator): Promise<boolean> {
    return element.evaluate(node => {
        const page = node.ownerDocument;
        const window = page.defaultView;
        if (!window) return false;
        const { top, left, bottom, right, width, height } = node.getBoundingClientRect();
        const isInside = (place: { top: number; left: number; bottom: number; right: number }) =>
            top >= place.top - 1 && left >= place.left - 1 && bottom <= place.bottom + 1 && right <= place.right + 1;
        if (!isInside({ top: 0, left: 0, bottom: window.innerHeight, right: window.innerWidth })) return false;
        for (let parent = node.parentElement; parent && parent !== page.body; parent = parent.parentElement) {
            const scrolls = /auto|scroll/.test(window.getComputedStyle(parent).overflowY);
            if (scrolls && !isInside(parent.getBoundingClientRect())) return false;
        }
        const front = page.elementFromPoint(left + width / 2, top + height / 2);
        return height > 0 && (node.contains(front) || front?.contains(node) === true);
    });
}

/** The letters of an element, in CSS pixels. */
export async function lettersOf(element: Locator): Promise<number> {
    return await element.evaluate(node =>
        Number.parseFloat(node.ownerDocument.defaultView?.getComputedStyle(node).fontSize ?? '')
    );
}

/** The smallest visible letters of the page, in CSS pixels. */
export function smallestLetters(page: Page): Promise<number> {
    return page.evaluate(SMALLEST_LETTERS);
}

/** Runs in the page. */
const SMALLEST_LETTERS = `(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const sizes = [];
    while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() === '' || node.closest('.visually-hidden')) continue;
        if (!node.checkVisibility({ visibilityProperty: true })) continue;
        sizes.push(Number.parseFloat(getComputedStyle(node).fontSize));
    }
    return Math.min(...sizes);
})()`;
