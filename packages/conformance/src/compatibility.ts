// Lets real clients connect to the server in every way that they know, and writes down how that went:
// `npm run compatibility` makes the table of docs/compatibility.md. Some of the clients come from the registry.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseConfig, startServer } from '@calc/sse-server';
import { clients, generations } from './clients/clients.ts';
import { fetchPrograms } from './clients/programs.ts';
import { type Cells, findLost, parsePage, replaceTable, toTable } from './clients/table.ts';
import { GOOD, tryClient } from './clients/try-client.ts';
import { EXIT_NO_NETWORK, NoNetworkError } from './npx.ts';

const PAGE = fileURLToPath(new URL('../../../docs/compatibility.md', import.meta.url));

try {
    await fetchPrograms();
    await run();
} catch (error) {
    if (!(error instanceof NoNetworkError)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_NO_NETWORK;
}

async function run(): Promise<void> {
    await using server = await startServer(parseConfig({ PORT: '0', LOG_LEVEL: 'silent', SHUTDOWN_TIMEOUT_MS: '0' }));
    const cells: Cells = {};
    for (const { name, attempts } of clients) {
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

    const page = readFileSync(PAGE, 'utf8');
    const lost = findLost(parsePage(page), cells, GOOD);
    if (lost.length > 0) {
        // The page keeps what was good, so that the next run fails as well until it is good again.
        console.error(`\nNo longer good:\n${lost.join('\n')}`);
        process.exitCode = 1;
        return;
    }
    const columns = generations.map(({ title }) => title);
    writeFileSync(PAGE, replaceTable(page, toTable(cells, columns)));
}
