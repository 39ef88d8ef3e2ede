import { readFileSync } from 'node:fs';
import { startServer } from '@calc/test-helpers';
import { type Browser, type CDPSession, launchBrowser, type Page } from '@calc/test-helpers/browser';
import { BenchError } from '../errors.ts';
import type { Figure, Section } from '../result.ts';
import { createFloodServer } from '../servers/flood.ts';
import { spread } from '../statistics.ts';

const EVENTS = 10_000;
const MEBIBYTE = 1024 * 1024;
const CLICKS_AT_REST = 20;
const COLUMNS = ['page'] as const;

/** What is clicked, in turns: a small change, and one of every text on the page. */
const CLICKED = ['Resources', 'Tools', 'Français', 'English'];

/** The page of the browser while 10,000 events pour into it, and with them in it. */
export const measurePage: Section = async ({ progress }) => {
    const forRequest = () => {
        throw new BenchError('wrong-reply', 'the page must have a session');
    };
    const servers = { forSession: () => createFloodServer(EVENTS), forRequest };
    await using server = await startServer({ MAX_BUFFERED_BYTES: String(64 * MEBIBYTE) }, { servers });
    await using browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.url);
    const call = page.getByRole('button', { name: 'Call flood' });
    await call.waitFor();
    const before = await readMemory(browser, page);

    progress(`page: ${EVENTS} events`);
    const start = performance.now();
    const meanwhile: number[] = [];
    await call.click();
    await page.evaluate(WATCH_CLICKS);
    const done = page
        .getByText('all sent', { exact: true })
        .waitFor({ state: 'attached' })
        .then(() => true);
    let isDone = false;
    void done.then(() => {
        isDone = true;
    });
    while (!isDone) meanwhile.push(...(await clickAll(page, meanwhile.length)));
    const seconds = (performance.now() - start) / 1000;
    const afterwards: number[] = [];
    while (afterwards.length < CLICKS_AT_REST) {
        afterwards.push(...(await clickAll(page, meanwhile.length + afterwards.length)));
    }
    const after = await readMemory(browser, page);

    const row = (id: string, what: string, unit: string, figure: Figure) => ({
        id,
        what,
        unit,
        figures: { page: figure }
    });
    return {
        name: 'page',
        title: `The page in Chromium: ${EVENTS} events in one session`,
        columns: COLUMNS,
        rows: [
            row('page-seconds', 'until the last event was shown', 's', Number(seconds.toFixed(1))),
            row('page-click-busy', `a click, while they came (${meanwhile.length})`, 'ms', spread(meanwhile)),
            row('page-click-rest', `a click, with all of them there (${afterwards.length})`, 'ms', spread(afterwards)),
            row('page-heap', 'heap of the page, before → after', 'MB', `${before.heap} → ${after.heap}`),
            row(
                'page-process',
                "memory of the page's process, before → after",
                'MB',
                `${before.process} → ${after.process}`
            )
        ],
        notes: [
            'A click is timed by the browser, from the input to the next picture after its handlers (Event Timing, in steps',
            'of 8 ms); those clicked in turns are two tabs and the two languages, which change every text there is. Heap after',
            'garbage collection; the process with all that Chromium maps into it (proportional set size). Server, browser and',
            'this program share the machine.'
        ]
    };
};

/** Clicks on each, as a mouse does; how long each took until its picture was drawn, in milliseconds. */
async function clickAll(page: Page, first: number): Promise<number[]> {
    const waits: number[] = [];
    for (const [index, name] of CLICKED.entries()) {
        await clickOn(page, name);
        waits.push(await page.evaluate(`globalThis.waitOf(${first + index})`));
    }
    return waits;
}

/**
 * Numbers the clicks, and promises how long each took. Text and no function, since tsx would call its own helpers in it.
 * The browser does not report what takes less than 16 ms: that is known some pictures later.
 */
const WATCH_CLICKS = `{
    const tellers = [];
    const waits = [];
    globalThis.waitOf = click => (waits[click] ??= new Promise(resolve => { tellers[click] = resolve; }));
    let clicks = 0, told = 0;
    const tell = (click, ms) => {
        told = click + 1;
        void globalThis.waitOf(click);
        tellers[click](ms);
    };
    const note = entries => {
        for (const { name, duration } of entries) if (name === 'click' && told < clicks) tell(told, duration);
    };
    const observer = new PerformanceObserver(list => note(list.getEntries()));
    observer.observe({ type: 'event', durationThreshold: 16 });
    addEventListener('click', () => {
        const click = clicks++;
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
            note(observer.takeRecords());
            if (told === click) tell(click, 16);
        }, 100)));
    }, { capture: true });
}`;

async function clickOn(page: Page, name: string): Promise<void> {
    const role = name === 'Resources' || name === 'Tools' ? 'tab' : 'button';
    const box = await page.getByRole(role, { name }).boundingBox();
    if (!box) throw new BenchError('wrong-reply', `the page must have ${name}`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

interface MemoryOfPage {
    /** Of JavaScript, in MB. */
    heap: number;
    /** Of the whole process, in MB; words where the system does not tell. */
    process: number | string;
}

async function readMemory(browser: Browser, page: Page): Promise<MemoryOfPage> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('Performance.enable');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
    await devtools.detach();
    return { heap: Math.round(heap / MEBIBYTE), process: await readProcess(await browser.newBrowserCDPSession()) };
}

/** The largest of the renderers: the browser keeps a spare one. */
async function readProcess(devtools: CDPSession): Promise<number | string> {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    try {
        const sizes = renderers.map(({ id }) => {
            const [, kilobytes = ''] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')) ?? [];
            return Math.round(Number(kilobytes) / 1024);
        });
        return Math.max(...sizes);
    } catch {
        return 'not to be had';
    }
}
