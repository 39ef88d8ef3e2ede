import { type ServerProcess, startServer } from '../child.ts';
import { type Clients, callAll, openClients } from '../driver/load.ts';
import type { Section } from '../result.ts';
import { ratios, spread } from '../statistics.ts';
import { unlimited } from '../unlimited.ts';

const SESSIONS = 16;
const CONCURRENCY = 4;
const WARM_UP_CALLS = 6_000;
/** The servers take turns this often: a machine's speed changes from second to second. */
const SLICE_CALLS = 500;

interface Lane {
    server: ServerProcess;
    clients: Clients;
    /** Microseconds of the server's CPU time a call, round by round. */
    perCall: number[];
    /** Calls a second of wall time, round by round; the driver has its part in it. */
    rate: number[];
}

/** CPU time that each server's process uses for a call of `add`; the rounds of the three take turns. */
export const measureCpu: Section = async ({ quick, progress }) => {
    const rounds = quick ? 5 : 15;
    const calls = quick ? 2_000 : 4_000;
    await using lessonServer = await startServer('lesson');
    await using bareServer = await startServer('bare');
    await using oursServer = await startServer('ours', unlimited);
    using lessonClients = await openClients(lessonServer.port, SESSIONS);
    using bareClients = await openClients(bareServer.port, SESSIONS);
    using oursClients = await openClients(oursServer.port, SESSIONS);
    const lesson: Lane = { server: lessonServer, clients: lessonClients, perCall: [], rate: [] };
    const bare: Lane = { server: bareServer, clients: bareClients, perCall: [], rate: [] };
    const ours: Lane = { server: oursServer, clients: oursClients, perCall: [], rate: [] };
    const lanes = [lesson, bare, ours];

    for (const { clients } of lanes) await callAll(clients.sessions, WARM_UP_CALLS, CONCURRENCY);
    for (let round = 0; round < rounds; round++) {
        progress(`cpu: round ${round + 1} of ${rounds}`);
        await runRound(lanes, calls);
    }
    for (const { clients } of lanes) clients.verify();

    const relative = spread(ratios(lesson.perCall, ours.perCall));
    return {
        name: 'cpu',
        title: `CPU for a call of add: ${rounds} rounds of ${calls} calls each, ${SESSIONS} sessions with ${CONCURRENCY} in flight`,
        rows: [
            {
                id: 'cpu-per-call',
                what: 'CPU for a call',
                unit: 'µs',
                figures: { lesson: spread(lesson.perCall), bare: spread(bare.perCall), ours: spread(ours.perCall) }
            },
            {
                id: 'calls-per-cpu-second',
                what: 'calls per CPU second, lesson = 1',
                unit: '×',
                figures: { lesson: 1, bare: spread(ratios(lesson.perCall, bare.perCall)), ours: relative }
            },
            {
                id: 'share-of-bare',
                what: 'calls per CPU second, share of bare',
                unit: '%',
                figures: {
                    lesson: spread(ratios(bare.perCall, lesson.perCall).map(toPercent)),
                    bare: 100,
                    ours: spread(ratios(bare.perCall, ours.perCall).map(toPercent))
                }
            },
            {
                id: 'rate',
                what: 'calls per second of wall time',
                unit: '1/s',
                figures: { lesson: spread(lesson.rate), bare: spread(bare.rate), ours: spread(ours.rate) }
            }
        ],
        notes: [
            "CPU is user and system time of the server's whole process; medians over the rounds, (min–max).",
            'Ratios are taken within a round. Wall time includes the driver, which may be the slower of the two.',
            'ours has every check on, with the number of sessions set out of reach.'
        ]
    };
};

async function runRound(lanes: readonly Lane[], calls: number): Promise<void> {
    const totals = lanes.map(lane => ({ lane, cpu: 0, ms: 0 }));
    for (let slice = 0; slice < calls / SLICE_CALLS; slice++) {
        // Each is first, second and last in turn.
        const first = slice % totals.length;
        for (const total of [...totals.slice(first), ...totals.slice(0, first)]) {
            const { server, clients } = total.lane;
            const cpu = await server.ask('cpu');
            const start = performance.now();
            await callAll(clients.sessions, SLICE_CALLS, CONCURRENCY);
            total.ms += performance.now() - start;
            total.cpu += (await server.ask('cpu')) - cpu;
        }
    }
    for (const { lane, cpu, ms } of totals) {
        lane.perCall.push(cpu / calls);
        lane.rate.push((calls * 1000) / ms);
    }
}

function toPercent(share: number): number {
    return share * 100;
}
