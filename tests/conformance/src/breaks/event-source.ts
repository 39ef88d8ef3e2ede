import type { Browser } from '@calc/test-helpers/browser';
import type { Caller } from './caller.ts';

/** A client of a few lines on the browser's own EventSource: it initializes once, and posts to the newest endpoint. */
const PAGE_CLIENT = `
    const source = new EventSource('/sse');
    const waiting = new Map();
    let endpoint;
    let lastId = 0;
    const post = message =>
        fetch(endpoint, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(message) });
    const ask = (method, params) =>
        new Promise((resolve, reject) => {
            const id = ++lastId;
            waiting.set(id, resolve);
            post({ jsonrpc: '2.0', id, method, params }).then(
                ({ ok, status }) => ok || reject(new Error('HTTP ' + status)),
                reject
            );
        });
    source.onmessage = ({ data }) => {
        const { id, result } = JSON.parse(data);
        waiting.get(id)?.(result);
        waiting.delete(id);
    };
    window.call = (name, args) => ask('tools/call', { name, arguments: args });
    window.connected = new Promise(resolve => {
        source.addEventListener('endpoint', ({ data }) => {
            const isFirst = endpoint === undefined;
            endpoint = data;
            if (isFirst) resolve();
        });
    })
        .then(() =>
            ask('initialize', {
                protocolVersion: '2025-11-25',
                capabilities: {},
                clientInfo: { name: 'EventSource', version: '1' }
            })
        )
        .then(() => post({ jsonrpc: '2.0', method: 'notifications/initialized' }));
`;

/** Opens a page of the server's origin, and the client in it. */
export async function openEventSource(browser: Browser, url: string): Promise<Caller> {
    const page = await browser.newPage();
    await page.goto(new URL('/health', url).href);
    await page.evaluate(`{${PAGE_CLIENT}}`);
    await page.evaluate('connected.then(() => {})');
    return {
        call: (name, args) => page.evaluate(`call(${JSON.stringify(name)}, ${JSON.stringify(args)})`),
        [Symbol.asyncDispose]: () => page.close()
    };
}
