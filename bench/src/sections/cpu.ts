import { everything, transportAlone } from '../environments.ts';
import { CONCURRENCY, type Lane, runRounds, SESSIONS, startLane, toRounds } from '../lanes.ts';
import type { Figure, Section } from '../result.ts';
import { ratios, spread, toPercent } from '../statistics.ts';

/** CPU time that each server's process uses for a call of `add`; the rounds of all take turns. */
export const measureCpu: Section = async ({ quick, progress }) => {
    const { rounds, calls } = toRounds(quick);
    await using tutorial = await startLane('tutorial');
    await using bare = await startLane('bare');
    await using transport = await startLane('ours', transportAlone);
    await using ours = await startLane('ours', everything);
    await runRounds([tutorial, bare, transport, ours], { rounds, calls, progress: text => progress(`cpu: ${text}`) });

    const row = (id: string, what: string, unit: string, figure: (lane: Lane) => Figure) => ({
        id,
        what,
        unit,
        figures: { tutorial: figure(tutorial), bare: figure(bare), transport: figure(transport), ours: figure(ours) }
    });
    const timesTutorial = (lane: Lane) => (lane === tutorial ? 1 : spread(ratios(tutorial.perCall, lane.perCall)));
    const shareOfBare = (lane: Lane) =>
        lane === bare ? 100 : spread(ratios(bare.perCall, lane.perCall).map(toPercent));
    return {
        name: 'cpu',
        title: `CPU for a call of add: ${rounds} rounds of ${calls} calls each, ${SESSIONS} sessions with ${CONCURRENCY} in flight`,
        rows: [
            row('cpu-per-call', 'CPU for a call', 'µs', ({ perCall }) => spread(perCall)),
            row('calls-per-cpu-second', 'calls per CPU second, tutorial = 1', '×', timesTutorial),
            row('share-of-bare', 'calls per CPU second, share of bare', '%', shareOfBare),
            row('rate', 'calls per second of wall time', '1/s', ({ rate }) => spread(rate))
        ],
        notes: [
            "CPU is user and system time of the server's whole process; medians over the rounds, (min–max).",
            'Ratios are taken within a round. Wall time includes the driver, which may be the slower of the two.',
            'ours has a token, the rate limit, a log line for each call and metrics; the others have none of these. transport',
            'is ours without them, its own limits on: `npm run bench -- checks` tells what each of them costs.'
        ]
    };
};
