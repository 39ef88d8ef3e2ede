import type { Page } from '@calc/test-helpers/browser';

/** A picture of the window as WebP, which Playwright does not make: letters stay sharp at this quality. */
export async function takeWebp(page: Page): Promise<Buffer> {
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 90 });
    await devtools.detach();
    return Buffer.from(data, 'base64');
}
