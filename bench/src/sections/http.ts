import type { Client } from '../driver/caller.ts';
import { echoes } from '../driver/exercise.ts';
import { createHttpSession } from '../driver/http-session.ts';
import type { Clients, Open } from '../driver/load.ts';
import { openSession } from '../driver/session.ts';
import { createStatelessClient } from '../driver/stateless-client.ts';
import { everything } from '../environments.ts';
import { type IdleOptions, measureIdle } from '../idle.ts';
import { CONCURRENCY, type Lane, runRounds, SESSIONS, startLane, toRounds } from '../lanes.ts';
import type { Figure, Row, Section, SectionOptions } from '../result.ts';
import { CALLS_PER_SECOND, runSlices, SLICE_SECONDS } from '../slices.ts';
import { ratios, spread } from '../statistics.ts';

const COLUMNS = ['sdk', 'sdk-no-store', 'sdk-json', 'ours-sse', 'ours-2025', 'ours-2026'] as const;
type Measured = (typeof COLUMNS)[number];

const withoutStore = { ...everything, EVENT_STORE: 'off' };
const withJson = { ...withoutStore, JSON_RESPONSE: 'on' };

const overSse: Open<Client> = options => openSession({ ...options, exercise: echoes });
const withSession: Open<Client> = async options => createHttpSession({ ...options, exercise: echoes });
const withStream: Open<Client> = async options => createHttpSession({ ...options, exercise: echoes, listens: true });
const stateless: Open<Client> = async options => createStatelessClient({ ...options, exercise: echoes });

/** What a call of `echo` costs by each of our transports, and by the SDK's Streamable HTTP; all take turns. */
export const measureHttp: Section = async ({ quick, progress: tell }) => {
    const { rounds, calls } = toRounds(quick);
    const slices = quick ? 3 : 10;
    const progress = (text: string) => tell(`http: ${text}`);
    const ofCalls = await measureCalls({ rounds, calls, slices, progress });
    const ofIdle = await measureHeap(quick ? 250 : 1_000, progress);
    return {
        name: 'http',
        title:
            `Streamable HTTP, calls of echo over ${SESSIONS} sessions: ${rounds} rounds of ${calls} calls with ` +
            `${CONCURRENCY} in flight each, and ${slices * SLICE_SECONDS} s at ${CALLS_PER_SECOND} a second`,
        columns: COLUMNS,
        rows: [...ofCalls, ...ofIdle],
        notes: [
            "sdk is the SDK's example: Express, StreamableHTTPServerTransport with a session, and an event store in memory",
            'that keeps the last 2,000 events of a session (the example keeps all); without its log lines. sdk-no-store',
            'has no store; sdk-json neither, and answers with JSON and not with a stream, but lets go of what belongs to an',
            'answer only with the session: its heap grows. They have no token, rate limit, log or metrics. ours has them all:',
            'ours-sse is /sse and /messages, ours-2025 is /mcp with a session (2025-11-25), ours-2026 is /mcp without',
            '(2026-07-28). Each has a process of its own; all take turns.',
            "CPU is user and system time of the server's whole process; medians over the rounds, (min–max). Ratios are taken",
            'within a round, and of latencies within a slice. A call is over when its answer has ended; its latency is from',
            'when it was due until its reply was read. Heap: sessions initialized, nothing in flight, garbage collected.'
        ]
    };
};

interface Effort extends Pick<SectionOptions, 'progress'> {
    rounds: number;
    calls: number;
    slices: number;
}

/** CPU, and then latency, with the same servers. */
async function measureCalls({ rounds, calls, slices, progress }: Effort): Promise<Row[]> {
    await using sdk = await startLane('sdk-http', everything, withSession);
    await using sdkNoStore = await startLane('sdk-http', withoutStore, withSession);
    await using sdkJson = await startLane('sdk-http', withJson, withSession);
    await using sse = await startLane('ours', everything, overSse);
    await using session = await startLane('ours', everything, withSession);
    await using sessionless = await startLane('ours', everything, stateless);
    const lanes: Record<Measured, Lane> = {
        sdk,
        'sdk-no-store': sdkNoStore,
        'sdk-json': sdkJson,
        'ours-sse': sse,
        'ours-2025': session,
        'ours-2026': sessionless
    };
    await runRounds(Object.values(lanes), { rounds, calls, progress });
    const clients = byColumn<Clients>(column => lanes[column].clients);
    const { rows, p99 } = await runSlices(clients, { slices, progress });

    const row = (id: string, what: string, unit: string, figure: (lane: Lane, column: Measured) => Figure): Row => ({
        id,
        what,
        unit,
        figures: byColumn(column => figure(lanes[column], column))
    });
    const timesSdk = (lane: Lane) => (lane === sdk ? 1 : spread(ratios(sdk.perCall, lane.perCall)));
    return [
        row('http-cpu-per-call', 'CPU for a call', 'µs', ({ perCall }) => spread(perCall)),
        row('http-calls-per-cpu-second', 'calls per CPU second, sdk = 1', '×', timesSdk),
        row('http-rate', 'calls per second of wall time', '1/s', ({ rate }) => spread(rate)),
        ...rows.map(latency => ({ ...latency, id: `http-${latency.id}` })),
        row('http-p99-ratio', 'p99, sdk = 1', '×', (lane, column) =>
            lane === sdk ? 1 : spread(ratios(p99[column], p99.sdk))
        )
    ];
}

/** Of those that have sessions; without a stream, and with the one for what belongs to no request. */
async function measureHeap(count: number, progress: IdleOptions['progress']): Promise<Row[]> {
    const measure = async (server: IdleOptions['server'], env: IdleOptions['env'], open: Open<Client>) => {
        const [use] = await measureIdle({ server, env, open, counts: [count], progress });
        return use?.heapUsed ?? Number.NaN;
    };
    const row = async (id: string, what: string, open: Open<Client>, more: Row['figures'] = {}): Promise<Row> => ({
        id,
        what: `${what}, ${count} sessions`,
        unit: 'kB/session',
        figures: {
            ...more,
            sdk: await measure('sdk-http', everything, open),
            'sdk-no-store': await measure('sdk-http', withoutStore, open),
            'ours-2025': await measure('ours', everything, open)
        }
    });
    return [
        await row('http-heap', 'heap used without a stream', withSession),
        await row('http-heap-stream', 'heap used, each with its stream', withStream, {
            'ours-sse': await measure('ours', everything, overSse)
        })
    ];
}

function byColumn<Value>(pick: (column: Measured) => Value): Record<Measured, Value> {
    return Object.fromEntries(COLUMNS.map(column => [column, pick(column)])) as Record<Measured, Value>;
}
