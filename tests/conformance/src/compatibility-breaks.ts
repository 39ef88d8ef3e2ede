// Breaks the connections of real clients while a call is in flight, and writes down what becomes of it:
// `npm run compatibility:breaks` makes a table of docs/compatibility.md. Python's SDK comes from its registry.
import { launchBrowser } from '@calc/test-helpers/browser';
import type { BreakableClient } from './breaks/caller.ts';
import { openEventSource } from './breaks/event-source.ts';
import { installPython, pythonClients } from './breaks/python.ts';
import { sdkClients } from './breaks/sdk-clients.ts';
import { columns, tryBreaks } from './breaks/try-breaks.ts';
import { publish } from './publish.ts';
import type { Cells } from './table.ts';

await publish({ id: 'breaks', rows: 'client', columns }, async before => {
    const browser = await launchBrowser();
    try {
        const eventSource: BreakableClient = {
            name: `\`EventSource\` of Chromium ${browser.version().split('.')[0]}`,
            path: '/sse',
            open: url => openEventSource(browser, url)
        };
        const noPython = await installPython();
        if (noPython) console.log(`Python's SDK: skipped, since ${noPython}; the table keeps its rows`);
        const cells: Cells = {};
        for (const client of [...sdkClients, eventSource, ...pythonClients]) {
            const { name } = client;
            if (noPython && pythonClients.includes(client)) {
                if (before[name]) cells[name] = before[name];
                continue;
            }
            cells[name] = await tryBreaks(client, line => console.log(`${name}, ${line}`));
        }
        return cells;
    } finally {
        await browser.close();
    }
});
