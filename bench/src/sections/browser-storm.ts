import { createRandom } from '@calc/test-helpers';
import { type Browser, launchBrowser } from '@calc/test-helpers/browser';
import { startServer } from '../child.ts';
import { callUntil } from '../driver/load.ts';
import { openTab, type Tab } from '../driver/tab.ts';
import { everything } from '../environments.ts';
import { BenchError, withDeadline } from '../errors.ts';
import type { Section } from '../result.ts';
import { STORM_CHECKS, toStormRows } from './storm-rows.ts';

const CONCURRENCY = 4;
const SEED = 20_241_105;
/** The longest time that a stream stays open; each time a random part of it. */
const OPEN_MS = 500;
const LAST_REPLIES_MS = 30_000;

/**
 * The storm with a client of another author: a browser's own EventSource, which reconnects by itself after
 * the time that the server told it. An endpoint event is what brings on the next cut, so that all are of open streams;
 * each tears what the server has just sent.
 */
export const runBrowserStorm: Section = async ({ quick, progress }) => {
    const [pages, cuts] = quick ? [10, 50] : [50, 1_000];
    const random = createRandom(SEED);
    const tabs: Tab[] = [];
    const timers = new Set<NodeJS.Timeout>();
    const whileAway: Promise<void>[] = [];
    const outcomes = { resumed: 0, fresh: 0 };
    let planned = 0;

    const planCut = (tab: Tab) => {
        if (planned === cuts) return;
        planned++;
        const timer = setTimeout(() => {
            timers.delete(timer);
            whileAway.push(tearAndCall(tab, random()));
        }, random() * OPEN_MS);
        timers.add(timer);
    };
    const openOne = async (index: number, browser: Browser, port: number) => {
        const tab: Tab = await openTab({
            index,
            browser,
            port,
            onReopen(outcome) {
                outcomes[outcome]++;
                const lost = `page ${index}: the server opened a fresh session where one was to be resumed`;
                if (outcome === 'fresh') return tab.ledger.fail(new BenchError('wrong-reply', lost));
                planCut(tab);
            }
        });
        tabs.push(tab);
        await tab.initialize();
    };

    await using server = await startServer('ours', { ...everything, MCP_AUTH_TOKEN: '' });
    await using browser = await launchBrowser();
    progress(`browser-storm: ${pages} pages to be opened`);
    let seconds = 0;
    try {
        for (let index = 0; index < pages; index++) await openOne(index, browser, server.port);
        progress(`browser-storm: ${cuts} streams to be cut`);
        const start = performance.now();
        for (const tab of tabs) planCut(tab);
        await callUntil(tabs, CONCURRENCY, () => outcomes.resumed + outcomes.fresh >= cuts);
        await withDeadline(
            Promise.all(whileAway),
            LAST_REPLIES_MS,
            () => 'replies to calls made while away are missing'
        );
        seconds = (performance.now() - start) / 1000;
    } finally {
        for (const timer of timers) clearTimeout(timer);
        for (const tab of tabs) tab[Symbol.dispose]();
    }
    for (const { ledger } of tabs) ledger.verify();

    return {
        name: 'browser-storm',
        title: `${pages} pages of Chromium with ${CONCURRENCY} calls in flight, whose streams are cut at random`,
        rows: toStormRows({ cuts, ...outcomes, seconds, sessions: tabs }),
        notes: [
            STORM_CHECKS,
            "The streams are the browser's own EventSource, which reconnects after the server's retry time, and the",
            'POSTs its own fetch. A cut passes on only a random part of what the server has just sent; and with each one',
            'more call is made, while the stream is down.'
        ]
    };
};

/** Those in flight may all have been posted before the cut; this one is posted while the stream is down. */
function tearAndCall(tab: Tab, part: number): Promise<void> {
    const call = tab.tear(part).then(async () => {
        await tab.call();
    });
    // The waiting code may have given up.
    call.catch(() => {});
    return call;
}
