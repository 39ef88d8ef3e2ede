import { expect, test } from 'vitest';
import { read, root } from '../../helpers/docs.ts';

test('the tour in docs/page.md is what scripts/write-page-tour.mjs writes', async () => {
    const { withTour }: { withTour(page: string): string } = await import(`${root}scripts/write-page-tour.mjs`);
    const page = read('docs/page.md');
    expect(page, 'run: node --import tsx scripts/write-page-tour.mjs').toBe(withTour(page));
    expect(() => withTour('')).toThrow('docs/page.md must have the lines');
});
