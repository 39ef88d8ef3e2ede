import type { Page } from '@calc/test-helpers/browser';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

/** WCAG 2.2 up to AA, and the best practices of axe-core. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The only rules that depend on colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const THEMES = ['light', 'dark'] as const;
/** In pixels: a small phone, a tablet, a laptop, and more than a projector. */
const WIDTHS = [360, 768, 1280, 2560];

/** Elements that may scroll sideways. */
const MAY_SCROLL_SIDEWAYS = 'pre';

/** The violations that axe-core finds in the visible page, in both themes: the rule, the place and the fix. */
export async function findViolations(page: Page): Promise<string[]> {
    const found: string[] = [];
    // openPage() hides the pixels, and what is hidden has no contrast.
    await page.evaluate('document.adoptedStyleSheets = []');
    // Injected by the debugger, which a Content-Security-Policy does not block.
    if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
    for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        const runOnly: RunOptions['runOnly'] =
            theme === 'light' ? { type: 'tag', values: TAGS } : { type: 'rule', values: COLOUR_RULES };
        const options: RunOptions = { runOnly, resultTypes: ['violations'] };
        const { violations }: AxeResults = await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
        for (const { id, helpUrl, nodes } of violations) {
            for (const { target, failureSummary } of nodes) {
                found.push(`${theme}: ${id} at ${target.join(' ')}\n${failureSummary}\n${helpUrl}`);
            }
        }
    }
    return found;
}

/** The elements that stick out of the window at one of the widths, or that scroll sideways. */
export async function findOverflow(page: Page): Promise<string[]> {
    const found: string[] = [];
    const before = page.viewportSize();
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const names: string[] = await page.evaluate(OVERFLOW);
        found.push(...names.map(name => `${width} px: ${name}`));
    }
    if (before) await page.setViewportSize(before);
    return found;
}

/** Runs in the page. */
const OVERFLOW = `(() => {
    const nameOf = node => node.tagName.toLowerCase() + [...node.classList].map(name => '.' + name).join('') +
        ' ' + JSON.stringify(node.textContent.trim().slice(0, 40));
    const mayScroll = node => node.closest(${JSON.stringify(MAY_SCROLL_SIDEWAYS)}) !== null;
    const found = [];
    for (const node of document.querySelectorAll('body *')) {
        const { left, right, width } = node.getBoundingClientRect();
        // Hidden elements have no width. Elements for screen readers only are one pixel wide.
        if (width <= 1 || mayScroll(node)) continue;
        const sticksOut = left < -1 || right > innerWidth + 1;
        const scrolls = /auto|scroll/.test(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1;
        if (sticksOut) found.push(nameOf(node) + ' sticks out');
        if (scrolls) found.push(nameOf(node) + ' scrolls sideways');
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    return found;
})()`;
