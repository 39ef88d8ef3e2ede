import { redisPath, runRedis } from '@calc/test-helpers/wire';
import { startServer } from '../../child.ts';
import { callAll } from '../../driver/load.ts';
import { openSession } from '../../driver/session.ts';
import { everything } from '../../environments.ts';
import { BenchError } from '../../errors.ts';
import { CONCURRENCY, type Lane, type Rounds, runRounds, SESSIONS, startLane, toRounds } from '../../lanes.ts';
import { readRedis } from '../../redis-statistics.ts';
import type { Row, Section } from '../../result.ts';
import { median, ratios, spread } from '../../statistics.ts';
import { openCrossing, toCrossingRows } from './crossing.ts';

const COUNTED_CALLS = 2_000;
const MOST_PROCESSES = 3;

/**
 * What sessions on Redis cost: CPU time of a call at the process of its session and at another one, commands of Redis a
 * call, and calls a second of one, two and three processes.
 */
export const measureProcesses: Section = async ({ quick, progress }) => {
    if (!redisPath) throw new BenchError('usage', 'redis-server is not installed; try: apt-get install redis-server');
    const { rounds, calls } = toRounds(quick);
    const effort = { rounds, calls, progress: (text: string) => progress(`processes: ${text}`) };
    await using redis = await runRedis();
    const env = { ...everything, REDIS_URL: redis.url };
    await using owner = await startServer('ours', env);
    await using other = await startServer('ours', env);
    await using crossing = await openCrossing(owner, other);
    await using alone = await startLane('ours', everything);
    const { sse, sseCrossing, http, httpCrossing } = crossing;
    await runRounds([alone, sse, sseCrossing, http, httpCrossing], effort);
    const ofRedis = await countRedis(redis.port, { sse, sseCrossing, http, httpCrossing });
    const rows: Row[] = [
        {
            id: 'alone',
            what: 'CPU for a call without Redis',
            unit: 'µs',
            figures: { '/sse': spread(alone.perCall) }
        },
        ...toCrossingRows(crossing, 'process'),
        {
            id: 'redis-ratio',
            what: 'a call at the process of its session, without Redis = 1',
            unit: '×',
            figures: { '/sse': spread(ratios(sse.perCall, alone.perCall)) }
        },
        ...ofRedis,
        await measureRates(env, effort)
    ];
    return {
        name: 'processes',
        title: `CPU for a call of add, of both processes: ${rounds} rounds of ${calls} calls each, ${SESSIONS} sessions with ${CONCURRENCY} in flight`,
        columns: ['/sse', '/mcp'],
        rows,
        notes: [
            'The stream of /sse is open at the owner of the session. Ratios are taken within a round. One command of each call counts the rate.',
            'Redis and the driver run on the same cores as the processes.'
        ]
    };
};

/** Commands and CPU time of Redis for one call. */
async function countRedis(port: number, lanes: Record<string, Lane>): Promise<Row[]> {
    const counts: Record<string, { commands: number; cpu: number }> = {};
    for (const [name, { clients }] of Object.entries(lanes)) {
        const before = await readRedis(port);
        await callAll(clients.sessions, COUNTED_CALLS, CONCURRENCY);
        const after = await readRedis(port);
        counts[name] = {
            commands: (after.commands - before.commands) / COUNTED_CALLS,
            cpu: (after.cpu - before.cpu) / COUNTED_CALLS
        };
    }
    const toRow = (id: string, what: string, unit: string, figure: 'commands' | 'cpu', end: string): Row => ({
        id,
        what,
        unit,
        figures: { '/sse': counts[`sse${end}`]?.[figure] ?? 0, '/mcp': counts[`http${end}`]?.[figure] ?? 0 }
    });
    return [
        toRow('own-commands', 'scripts in Redis for a call at the process of its session', '', 'commands', ''),
        toRow('crossing-commands', 'scripts in Redis for a call at another process', '', 'commands', 'Crossing'),
        toRow('own-redis', 'CPU of Redis for a call at the process of its session', 'µs', 'cpu', ''),
        toRow('crossing-redis', 'CPU of Redis for a call at another process', 'µs', 'cpu', 'Crossing')
    ];
}

/** Calls a second of one, two and three processes, whose sessions are called where they are. */
async function measureRates(env: Record<string, string>, effort: Rounds): Promise<Row> {
    const lanes: Lane[] = [];
    try {
        for (let count = 1; count <= MOST_PROCESSES; count++) lanes.push(await startTogether(count, env));
        await runRounds(lanes, effort);
    } finally {
        for (const lane of lanes) await lane[Symbol.asyncDispose]();
    }
    const counts = lanes.map((_lane, index) => String(index + 1)).join(', ');
    const rates = lanes.map(({ rate }) => Math.round(median(rate))).join(', ');
    return { id: 'rates', what: `calls a second of ${counts} processes`, unit: '', figures: { '/sse': rates } };
}

/** Starts processes as one lane, with the same number of sessions in all. */
async function startTogether(count: number, env: Record<string, string>): Promise<Lane> {
    const parts: Lane[] = [];
    for (let number = 0; number < count; number++)
        parts.push(await startLane('ours', env, openSession, SESSIONS / count));
    const [first] = parts;
    if (!first) throw new BenchError('server-died', 'there are no processes');
    const clients = {
        pool: first.clients.pool,
        // In turn, so that all processes work at the same time.
        sessions: Array.from(
            { length: SESSIONS },
            (_, index) => parts[index % count]?.clients.sessions[Math.floor(index / count)]
        ).filter(session => session !== undefined),
        verify: () => {
            for (const part of parts) part.clients.verify();
        },
        [Symbol.dispose]() {}
    };
    return {
        server: first.server,
        clients,
        perCall: [],
        rate: [],
        async [Symbol.asyncDispose]() {
            for (const part of parts) await part[Symbol.asyncDispose]();
        }
    };
}
