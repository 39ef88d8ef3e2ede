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

test('the checks find unreadable text and overflow', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await page.evaluate(`{
        const heading = document.querySelector('h1');
        heading.style.color = 'light-dark(#e0e0e0, #333)';
        heading.style.minWidth = '600px';
        heading.nextElementSibling.append(document.createElement('button'));
    }`);
    const violations = (await findViolations(page)).join('\n');
    expect(violations).toMatch(/^light: button-name at .*\n[\s\S]*^https:/m);
    expect(violations).toMatch(/^light: color-contrast at h1\n/m);
    expect(await findOverflow(page)).toContain('360 px: h1 "MCP calculator" sticks out');
    await page.close();
});
