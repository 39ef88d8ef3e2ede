import { startServer } from '@calc/testkit';
import { launchBrowser } from '@calc/testkit/browser';
const server = await startServer({ TEACHING_FAULTS: 'true', RATE_LIMIT: 'off' });
const plain = await startServer({ MCP_AUTH_TOKEN: 'a' });
const browser = await launchBrowser();
const only = process.argv[2] ?? '';
async function shot(name: string, w: number, h: number, scheme: 'light' | 'dark', act: (p: any) => Promise<void>, url = server.url, full = false) {
    if (!name.includes(only)) return;
    const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: scheme });
    page.setDefaultTimeout(8000);
    page.on('pageerror', (e: Error) => console.log(name, e.message));
    page.on('console', (m: any) => m.type() === 'error' && console.log(name, m.text()));
    await page.goto(url);
    try { await act(page); } catch (e) { console.log(name, String(e)); }
    await page.screenshot({ path: `/tmp/tshots/${name}.png`, fullPage: full });
    await page.close();
}
const openFaults = async (p: any) => {
    await p.getByRole('status').filter({ hasText: /^connected/ }).first().waitFor();
    await p.getByRole('tab', { name: 'Faults' }).click();
};
const runAll = async (p: any) => {
    await openFaults(p);
    await p.getByRole('region', { name: 'Wrong token' }).getByRole('button').click();
    await p.getByRole('button', { name: 'Ask for one' }).click();
    const stall = p.getByRole('region', { name: 'Slow reader' });
    await stall.getByLabel('Seconds').selectOption('1');
    await stall.getByRole('button').click();
    await stall.locator('.lesson').waitFor();
    await p.getByRole('button', { name: 'Drop', exact: true }).click();
    await p.getByRole('region', { name: 'Drop the stream' }).locator('.lesson').waitFor();
    const out = p.getByRole('region', { name: 'Lose the network' });
    await out.getByLabel('Seconds').selectOption('1');
    await out.getByRole('button').click();
    await out.locator('.lesson').waitFor();
    await p.getByRole('button', { name: 'Forget this' }).click();
    await p.getByRole('region', { name: 'Unknown session' }).locator('.lesson').nth(1).waitFor();
    await p.getByRole('button', { name: 'Take all' }).click();
    await p.getByText('The ping waits').waitFor();
    await p.getByRole('button', { name: 'Close one' }).click();
    await p.getByRole('region', { name: 'Two tabs' }).locator('.lesson').waitFor();
};
await shot('all-1920', 1920, 1080, 'light', async p => { await runAll(p); await p.addStyleTag({content:''}).catch(()=>{}); });
await shot('tall-1280', 1280, 4200, 'light', runAll);
await shot('tall-390', 390, 844, 'dark', runAll, server.url, true);
for (const scheme of ['light', 'dark'] as const) for (const [w, h] of [[390, 844], [1280, 800], [1920, 1080]] as const) {
    await shot(`open-${w}-${scheme}`, w, h, scheme, openFaults);
    await shot(`sign-${w}-${scheme}`, w, h, scheme, async p => { await p.locator('#token').fill('x'); await p.getByRole('button', { name: 'Sign in' }).click(); await p.getByText('Not signed in').waitFor(); }, plain.url);
    await shot(`again-${w}-${scheme}`, w, h, scheme, async p => { await p.locator('#token').fill('a'); await p.getByRole('button', { name: 'Sign in' }).click(); await p.getByRole('status').filter({ hasText: /^connected/ }).first().waitFor(); await p.context().clearCookies(); await p.getByRole('button', { name: 'Disconnect' }).click(); await p.getByRole('button', { name: 'Connect', exact: true }).click(); await p.locator('#token').waitFor(); }, plain.url);
}
await browser.close(); await server.close(); await plain.close();
process.exit(0);
