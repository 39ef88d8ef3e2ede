// Lets the command line client, as it is built, ask other servers for all that they have, and writes down how that went:
// `npm run compatibility:servers` makes a table of docs/compatibility.md. Some of the servers come from the registry.
import { publish } from './publish.ts';
import { installServers } from './servers/packages.ts';
import { tryRestart } from './servers/restart.ts';
import { findPort } from './servers/running.ts';
import { listServers } from './servers/servers.ts';
import { columns, tryServer } from './servers/try-server.ts';
import type { Cells } from './table.ts';

/** What becomes of calls while the server is killed and started again. */
const RESTART = 'restart';

await publish({ id: 'servers', rows: 'server', columns: [...columns, RESTART] }, async () => {
    await using packages = await installServers();
    const cells: Cells = {};
    for (const server of listServers(packages)) {
        for (const path of server.paths) {
            const url = new URL(path, `http://127.0.0.1:${await findPort()}`);
            const rowOf = (transport: string) => `${server.name}, \`${path}\`, \`--transport ${transport}\``;
            for (const transport of ['auto', path === '/sse' ? 'sse' : 'http']) {
                const name = rowOf(transport);
                const row = await tryServer(server, url, transport);
                for (const [column, cell] of Object.entries(row)) console.log(`${name}, ${column}: ${cell}`);
                cells[name] = row;
            }
            const restart = await tryRestart(server, url, console.log);
            console.log(`${server.name}, \`${path}\`, ${RESTART}: ${restart}`);
            cells[rowOf('auto')] = { ...cells[rowOf('auto')], [RESTART]: restart };
        }
    }
    return cells;
});
