import { type ProxyConnection, startProxy, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { shareBrowser } from '../../helpers/demo-page.ts';

const PAGES = 3;
const CUTS = 2;
const CALLS = 4;
/** The browser comes back after the two seconds that the server told it. */
const RECONNECT = { interval: 5 };

const browser = await shareBrowser();

/** A proxy that can tear the event streams through it: half of what comes down next gets through. */
async function startTearing(target: string) {
    const torn = new WeakSet<ProxyConnection>();
    const streams = new Set<ProxyConnection>();
    const proxy = await startProxy(target, ({ length }, connection) => {
        if (connection.requestLine.startsWith('GET /sse ')) streams.add(connection);
        return torn.has(connection) ? length / 2 : length;
    });
    const tear = () => {
        for (const stream of streams) torn.add(stream);
    };
    return { ...proxy, tear };
}

interface Seen {
    type: string;
    id: string;
    data: string;
}

/** Text, since it is the browser's own EventSource and fetch that it speaks of. */
const CLIENT = `{
    const source = new EventSource('/sse');
    for (const type of ['endpoint', 'message', 'error'])
        source.addEventListener(type, ({ lastEventId, data }) => void report({ type, id: lastEventId, data }));
}`;

/** A page on a small document of the server's, with a stream of its own and a way to call `add`. */
async function openPage(url: string) {
    const seen: Seen[] = [];
    const page = await browser.newPage();
    await page.exposeFunction('report', (event: Seen) => void seen.push(event));
    await page.goto(`${url}/health`);
    await page.evaluate(CLIENT);
    const of = (type: string) => seen.filter(event => event.type === type);
    await expect.poll(() => of('endpoint'), RECONNECT).toHaveLength(1);
    const endpoint = of('endpoint')[0]?.data ?? '';
    return {
        of,
        endpoint,
        /** Adds 1000 to each id; settles with the statuses of the POSTs. */
        call: (ids: number[]) =>
            page.evaluate(
                ([endpoint, ids]) =>
                    Promise.all(
                        ids.map(id =>
                            fetch(endpoint, {
                                method: 'POST',
                                headers: { 'Content-Type': 'application/json' },
                                body: JSON.stringify({
                                    jsonrpc: '2.0',
                                    id,
                                    method: 'tools/call',
                                    params: { name: 'add', arguments: { a: id, b: 1000 } }
                                })
                            }).then(({ status }) => status)
                        )
                    ),
                [endpoint, ids] as const
            ),
        [Symbol.asyncDispose]: () => page.close()
    };
}

async function weather(url: string): Promise<void> {
    await using proxy = await startTearing(url);
    await using page = await openPage(proxy.url);
    const accepted = Array.from({ length: CALLS }, () => 202);
    let asked = 0;
    const nextIds = () => Array.from({ length: CALLS }, () => ++asked);

    for (let cut = 1; cut <= CUTS; cut++) {
        expect(await page.call(nextIds())).toEqual(accepted);
        await expect.poll(() => page.of('message').length, RECONNECT).toBe(asked);

        proxy.tear();
        expect(await page.call(nextIds())).toEqual(accepted);
        await expect.poll(() => page.of('error'), RECONNECT).toHaveLength(cut);
        expect(await page.call(nextIds())).toEqual(accepted);
        // Down all the while: the replies to the last calls are kept, some before them were sent and not read.
        expect(page.of('endpoint')).toHaveLength(cut);
        expect(page.of('message').length).toBeLessThan(asked - CALLS);

        await expect.poll(() => page.of('endpoint'), RECONNECT).toHaveLength(cut + 1);
        await expect.poll(() => page.of('message').length, RECONNECT).toBe(asked);
    }

    const sessionId = new URL(page.endpoint, url).searchParams.get('sessionId');
    expect(new Set(page.of('endpoint').map(({ data }) => data))).toEqual(new Set([page.endpoint]));
    expect(page.of('message').map(({ id }) => id)).toEqual(
        Array.from({ length: asked }, (_, index) => `${sessionId}:${index + 1}`)
    );
    const sums = page.of('message').map(({ data }) => {
        const { id, result } = JSON.parse(data);
        return [id, result.structuredContent.sum];
    });
    // The POSTs of one moment may overtake each other, and their replies with them.
    expect(sums.sort(([a], [b]) => a - b)).toEqual(
        Array.from({ length: asked }, (_, index) => [index + 1, index + 1001])
    );
}

proves(['stream.resume', 'stream.resume-away'], "a browser's own EventSource loses nothing to cuts", async () => {
    await using server = await startServer();
    await Promise.all(Array.from({ length: PAGES }, () => weather(server.url)));
});
