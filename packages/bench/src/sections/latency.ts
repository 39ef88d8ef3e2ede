import { startServer } from '../child.ts';
import { callAtRate, openClients } from '../driver/load.ts';
import { everything } from '../environments.ts';
import type { Row, Section } from '../result.ts';
import { percentile, ratios, spread } from '../statistics.ts';

const SESSIONS = 20;
const CALLS_PER_SECOND = 600;
const SLICE_SECONDS = 2;
const COLUMNS = ['lesson', 'bare', 'ours'] as const;
type Measured = (typeof COLUMNS)[number];

/** Latency at a fixed rate, counted from when each call was due; slices of the three servers take turns. */
export const measureLatency: Section = async ({ quick, progress }) => {
    const slices = quick ? 3 : 10;
    await using lessonServer = await startServer('lesson');
    await using bareServer = await startServer('bare');
    await using oursServer = await startServer('ours', everything);
    using lessonClients = await openClients(lessonServer.port, SESSIONS);
    using bareClients = await openClients(bareServer.port, SESSIONS);
    using oursClients = await openClients(oursServer.port, SESSIONS);
    const clients = { lesson: lessonClients, bare: bareClients, ours: oursClients };
    const latencies: Record<Measured, number[][]> = { lesson: [], bare: [], ours: [] };

    // The first slice of each warms up and does not count.
    for (let slice = 0; slice <= slices; slice++) {
        progress(`latency: slice ${slice} of ${slices}`);
        for (let turn = 0; turn < COLUMNS.length; turn++) {
            const column = COLUMNS[(slice + turn) % COLUMNS.length] ?? 'lesson';
            const calls = CALLS_PER_SECOND * SLICE_SECONDS;
            const { sessions } = clients[column];
            const measured = await callAtRate(sessions, CALLS_PER_SECOND, sent => sent >= calls);
            if (slice > 0) latencies[column].push(measured);
        }
    }
    for (const column of COLUMNS) clients[column].verify();

    const row = (percent: number): Row => ({
        id: `p${percent}`,
        what: `p${percent}`,
        unit: 'ms',
        figures: Object.fromEntries(COLUMNS.map(column => [column, percentile(latencies[column].flat(), percent)]))
    });
    const p99 = (column: Measured) => latencies[column].map(slice => percentile(slice, 99));
    return {
        name: 'latency',
        title: `Latency at ${CALLS_PER_SECOND} calls a second over ${SESSIONS} sessions, ${slices * SLICE_SECONDS} s each`,
        rows: [
            row(50),
            row(99),
            row(99.9),
            {
                id: 'p99-ratio',
                what: 'p99, lesson = 1',
                unit: '×',
                figures: {
                    lesson: 1,
                    bare: spread(ratios(p99('bare'), p99('lesson'))),
                    ours: spread(ratios(p99('ours'), p99('lesson')))
                }
            }
        ],
        notes: [
            'From when a call was due, not from when it was sent, until its reply was read from the stream.',
            `The last row compares the p99 of slices of ${SLICE_SECONDS} s that ran one after another: median (min–max).`
        ]
    };
};
