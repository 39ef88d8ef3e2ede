import type { Browser } from '@calc/test-helpers/browser';
import { BenchError, withDeadline } from '../errors.ts';
import { type Caller, type ClientMessage, createCaller } from './caller.ts';
import { createInbox, type Outcome } from './http/inbox.ts';
import type { SseEvent } from './http/sse-parser.ts';
import { createLedger } from './ledger.ts';
import { startProxy } from './proxy.ts';

export interface TabOptions {
    /** Makes the tasks of this session its own. */
    index: number;
    browser: Browser;
    /** The server's. */
    port: number;
    /** Called with each endpoint event after the first. */
    onReopen(outcome: Outcome): void;
}

/** A client of one session whose stream and POSTs are a browser's own; here it is only told what to post. */
export interface Tab extends Caller, Disposable {
    /**
     * Breaks the event stream in the middle of what comes next, of which `part` is passed on; no POST. Settles when it
     * is broken. The browser opens it again by itself.
     */
    tear(part: number): Promise<void>;
}

const OPEN_MS = 30_000;

/** Text and no function, since tsx would call its own helpers in it. */
const LISTEN = `{
    const source = new EventSource('/sse');
    for (const event of ['endpoint', 'message'])
        source.addEventListener(event, ({ lastEventId, data }) => void report({ event, id: lastEventId, data }));
}`;

/**
 * Opens a page and waits for the endpoint event of its stream. Each page has a proxy, and so an origin, of its own:
 * a browser has no more than six connections to one origin, streams included.
 */
export async function openTab({ index, browser, port, onReopen }: TabOptions): Promise<Tab> {
    const name = `page ${index}`;
    const ledger = createLedger(name);
    const proxy = await startProxy(port);
    try {
        const page = await browser.newPage();
        let onEndpoint: (outcome: Outcome) => void = () => {};
        const opened = new Promise<unknown>(resolve => {
            onEndpoint = resolve;
        });
        const inbox = createInbox({ name, ledger, onEndpoint: outcome => onEndpoint(outcome) });
        await page.exposeFunction('report', (event: SseEvent) => inbox.read(event));
        // The smallest document of that origin.
        await page.goto(`http://127.0.0.1:${proxy.port}/health`);
        await page.evaluate(LISTEN);
        await withDeadline(opened, OPEN_MS, () => `${name} has no endpoint event yet`);
        onEndpoint = onReopen;

        const post = async (message: ClientMessage) => {
            const sent = page.evaluate(
                ([url, body]) =>
                    fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then(
                        ({ status }) => status
                    ),
                [inbox.endpoint, JSON.stringify(message)] as const
            );
            const status = await sent.catch((error: unknown) => {
                throw new BenchError('disconnected', `${name}: a POST got no answer: ${error}`, { cause: error });
            });
            if (status !== 202) throw new BenchError('refused', `${name}: POST answered ${status}, not 202`);
        };
        return {
            ...createCaller({ index, ledger, post }),
            tear: proxy.tear,
            [Symbol.dispose]: () => proxy[Symbol.dispose]()
        };
    } catch (error) {
        proxy[Symbol.dispose]();
        throw error;
    }
}
