import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../child.ts';
import { everything } from '../../environments.ts';
import { CONCURRENCY, runRounds, SESSIONS, toRounds } from '../../lanes.ts';
import type { Section } from '../../result.ts';
import { openCrossing, toCrossingRows } from './crossing.ts';

/** CPU time of a call that arrives at another worker than its session, next to one that arrives at the right worker. */
export const measureWorkers: Section = async ({ quick, progress }) => {
    const { rounds, calls } = toRounds(quick);
    const folder = mkdtempSync(join(tmpdir(), 'bench-workers-'));
    try {
        const start = (number: number) =>
            startServer('ours', { ...everything, WORKER: String(number), WORKER_FOLDER: folder });
        await using owner = await start(1);
        await using other = await start(2);
        await using crossing = await openCrossing(owner, other);
        const lanes = [crossing.sse, crossing.sseCrossing, crossing.http, crossing.httpCrossing];
        await runRounds(lanes, { rounds, calls, progress: text => progress(`workers: ${text}`) });
        return {
            name: 'workers',
            title: `CPU for a call of add, of both workers: ${rounds} rounds of ${calls} calls each, ${SESSIONS} sessions with ${CONCURRENCY} in flight`,
            columns: ['/sse', '/mcp'],
            rows: toCrossingRows(crossing, 'worker'),
            notes: ['The stream of /sse is open at the owner of the session. Ratios are taken within a round.']
        };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
};
