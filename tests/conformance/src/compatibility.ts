// Lets real clients connect to the server in every way that they know, and writes down how that went:
// `npm run compatibility` makes a table of docs/compatibility.md. Some of the clients come from the registry.
import { parseConfig, startServer } from '@calc/sse-server';
import { clients, generations } from './clients/clients.ts';
import { fetchPrograms } from './clients/programs.ts';
import { tryClient } from './clients/try-client.ts';
import { publish } from './publish.ts';
import type { Cells } from './table.ts';

const columns = generations.map(({ title }) => title);

await publish({ id: 'compatibility', rows: 'client', columns }, async before => {
    await fetchPrograms();
    await using server = await startServer(parseConfig({ PORT: '0', LOG_LEVEL: 'silent', SHUTDOWN_TIMEOUT_MS: '0' }));
    const cells: Cells = {};
    for (const { name, missing, attempts } of clients) {
        if (missing !== undefined) {
            console.log(`${name}: skipped, since ${missing} is not installed; the table keeps its row`);
            if (before[name]) cells[name] = before[name];
            continue;
        }
        const row: Record<string, string> = {};
        for (const generation of generations) {
            const attempt = attempts[generation.id];
            if (!attempt) continue;
            const cell = await tryClient(attempt, generation, server.url);
            console.log(`${name}, ${generation.title}: ${cell}`);
            row[generation.title] = cell;
        }
        cells[name] = row;
    }
    return cells;
});
