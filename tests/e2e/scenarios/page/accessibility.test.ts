import { startServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { findOverflow, findViolations } from '../../helpers/accessibility.ts';
import { add, openPage, shareBrowser } from '../../helpers/demo-page.ts';

// The page as it opens, after one call; slow/accessibility.slow.test.ts has all its views.

const browser = await shareBrowser();

test('the page has no accessibility violations and no overflow after a call', async () => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openPage(browser, server.url);
    await add(page, 2, 3);
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');
    await page.close();
});
