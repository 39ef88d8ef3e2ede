import { startServer } from '../child.ts';
import { openClients } from '../driver/load.ts';
import { openSession } from '../driver/session.ts';
import { everything } from '../environments.ts';
import type { Section } from '../result.ts';
import { CALLS_PER_SECOND, runSlices, SESSIONS, SLICE_SECONDS } from '../slices.ts';
import { ratios, spread } from '../statistics.ts';

/** Latency at a fixed rate, counted from when each call was due; slices of the three servers take turns. */
export const measureLatency: Section = async ({ quick, progress }) => {
    const slices = quick ? 3 : 10;
    await using tutorialServer = await startServer('tutorial');
    await using bareServer = await startServer('bare');
    await using oursServer = await startServer('ours', everything);
    using tutorialClients = await openClients(tutorialServer.port, SESSIONS, openSession);
    using bareClients = await openClients(bareServer.port, SESSIONS, openSession);
    using oursClients = await openClients(oursServer.port, SESSIONS, openSession);
    const clients = { tutorial: tutorialClients, bare: bareClients, ours: oursClients };
    const { rows, p99 } = await runSlices(clients, { slices, progress: text => progress(`latency: ${text}`) });

    return {
        name: 'latency',
        title: `Latency at ${CALLS_PER_SECOND} calls a second over ${SESSIONS} sessions, ${slices * SLICE_SECONDS} s each`,
        rows: [
            ...rows,
            {
                id: 'p99-ratio',
                what: 'p99, tutorial = 1',
                unit: '×',
                figures: {
                    tutorial: 1,
                    bare: spread(ratios(p99.bare, p99.tutorial)),
                    ours: spread(ratios(p99.ours, p99.tutorial))
                }
            }
        ],
        notes: [
            'From when a call was due, not from when it was sent, until its reply was read from the stream.',
            `The last row compares the p99 of slices of ${SLICE_SECONDS} s that ran one after another: median (min–max).`
        ]
    };
};
