// Runs the checks of lessons 02 to 06 on servers that were not written for them, and writes down the verdicts:
// `npm run compatibility:lessons` makes a table of docs/compatibility.md. Most of the servers come from the registry.
import { gradeServer, inLanguage } from '@calc/grader';
import { GOOD, toBadCell } from './cell.ts';
import { installPrograms } from './lessons/programs.ts';
import { type GradedServer, listGraded } from './lessons/servers.ts';
import { publish } from './publish.ts';
import { installServers } from './servers/packages.ts';
import { findPort } from './servers/running.ts';
import type { Cells } from './table.ts';

const LESSONS = ['02', '03', '04', '05', '06'];
/** Always the same inputs, so that the table changes only when a verdict does; and how long a check waits, in ms. */
const OPTIONS = { seed: 1, limitMs: 5000, all: true };

await publish({ id: 'lessons', rows: 'server', columns: LESSONS }, async () => {
    await using packages = await installServers();
    await using programs = await installPrograms();
    const cells: Cells = {};
    for (const server of listGraded(packages, programs)) {
        const row: Record<string, string> = {};
        for (const lesson of LESSONS) row[lesson] = await grade(server, lesson);
        cells[server.name] = row;
    }
    return cells;
});

/** The verdict on a server that has just been started: how many checks passed, and what the first other one received. */
async function grade({ name, start }: GradedServer, lesson: string): Promise<string> {
    const port = await findPort();
    await using _running = await start(port);
    const { checks } = await gradeServer(lesson, { url: `http://127.0.0.1:${port}/sse` }, OPTIONS);
    const failures = checks.filter(({ status }) => status !== 'pass');
    console.log(`${name}, lesson ${lesson}: ${checks.length - failures.length} of ${checks.length} passed`);
    const reasons = failures.map(({ id, received }) => `${id}: ${inLanguage(received, 'en')}`);
    for (const reason of reasons) console.log(`  ${reason.replaceAll('\n', '\n    ')}`);
    const [reason] = reasons;
    if (reason === undefined) return `${GOOD} ${checks.length}`;
    return toBadCell(`${checks.length - failures.length} of ${checks.length}; ${reason}`);
}
