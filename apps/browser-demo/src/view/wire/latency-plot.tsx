import type { Page } from '../../state/page.ts';

/** How long the last calls took. */
export function LatencyPlot({ page }: { page: Page }) {
    void page;
    return null;
}
