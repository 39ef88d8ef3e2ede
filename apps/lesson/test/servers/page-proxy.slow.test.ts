import { join } from 'node:path';
import { launchBrowser } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { findFreePort } from '../../src/learner/free-port.ts';
import { listening, startProcess } from '../../src/learner/start-process.ts';
import { startPageProxy } from '../../src/page/page-proxy.ts';

const lessons = join(import.meta.dirname, '../../../../lessons');

test('the page shows a session of a server without CORS', async () => {
    const port = await findFreePort();
    await using server = startProcess(join(lessons, '02-the-protocol-by-hand/solution/server.ts'), [], {
        PORT: String(port)
    });
    await listening(server, port);
    await using proxy = await startPageProxy(`http://localhost:${port}`, await findFreePort(), 'down');
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    const origins = new Set<string>();
    page.on('request', each => origins.add(new URL(each.url()).origin));
    await page.goto(proxy.origin);
    await page.getByRole('status', { name: 'Session A' }).filter({ hasText: 'open' }).waitFor();
    await page.getByLabel('a', { exact: true }).fill('2');
    await page.getByLabel('b', { exact: true }).fill('40');
    await page.getByRole('button', { name: 'Call add' }).click();
    await page.getByRole('group', { name: 'Result of add' }).filter({ hasText: '42' }).waitFor();
    expect([...origins]).toEqual([proxy.origin]);
});
