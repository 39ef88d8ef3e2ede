import { startServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { findViolations } from '../../../helpers/accessibility.ts';
import { openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

test('the details of a session show the agreed version and the capabilities of both sides, by keyboard', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const button = page.getByRole('button', { name: 'Details of session A' });
    await button.focus();
    await page.keyboard.press('Enter');
    const details = page.getByRole('region', { name: 'Handshake of session A' });
    await details.getByText('Agreed version of the protocol: 2025-11-25').waitFor();
    const [ofServer = '', ofClient] = await details.locator('pre').allInnerTexts();
    expect(JSON.parse(ofServer)).toMatchObject({ tools: {}, resources: { subscribe: true }, prompts: {} });
    expect(ofClient).toBe('{}');
    expect((await findViolations(page)).join('\n\n')).toBe('');
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'hidden' });
    await button.and(page.locator(':focus')).waitFor();
    await page.close();
});
