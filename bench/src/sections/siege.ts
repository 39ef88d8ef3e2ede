import { setTimeout as sleep } from 'node:timers/promises';
import {
    type Attack,
    badTokens,
    type Damage,
    idleConnections,
    longHeaders,
    slowBodies,
    slowHeaders
} from '../attack/attacks.ts';
import { floodSessions } from '../attack/flood-sessions.ts';
import { type ServerProcess, startServer } from '../child.ts';
import { type Clients, callAll, callAtRate, openClients } from '../driver/load.ts';
import { openSession } from '../driver/session.ts';
import { TOKEN } from '../driver/token.ts';
import { formatNumber } from '../report/format.ts';
import type { Row, Section } from '../result.ts';
import { percentile, spread } from '../statistics.ts';

const STOLEN = 'stolen';
/** Below the 6000 a minute that one token has by default, so that only attackers meet the limit. */
const CALLS_PER_SECOND = 80;
const WARM_UP_SECONDS = 2;
/** Made with the other token, so that they do not count for the client. */
const WARM_UP_CALLS = 4_000;
const TIMEOUT_MS = 3_000;
/** Senders are looked at four times in their time, and the last may have come late. */
const CUT_WITHIN_MS = 3 * TIMEOUT_MS;

interface Phase {
    id: string;
    what: string;
    attack?: Attack;
    /** So long does it last at the least, in parts of the usual time. */
    parts?: number;
}

const PHASES: readonly Phase[] = [
    { id: 'before', what: 'before' },
    { id: 'slow-headers', what: '200 send headers, a byte a second', attack: slowHeaders },
    { id: 'slow-bodies', what: '200 send a body, a byte a second', attack: slowBodies },
    { id: 'idle', what: '2,000 connections, silent', attack: idleConnections },
    { id: 'long-headers', what: 'headers of 64 KB, 50 a second', attack: longHeaders },
    // Until the limit of a minute is reached, and some more.
    { id: 'bad-tokens', what: 'wrong tokens, 1,000 a second', attack: badTokens, parts: 2 },
    { id: 'sessions', what: 'sessions never used, 200 a second', attack: floodSessions },
    { id: 'after', what: 'after' }
];

const COLUMNS = ['answers', 'cut after, s', 'calls', 'p50', 'p99', '× before', 'max', 'files', 'heap, MB'] as const;

/** What attackers without a token, and some with a stolen one, do to a client that makes its calls all the while. */
export const runSiege: Section = async ({ quick, progress }) => {
    const seconds = quick ? 3.5 : 10;
    await using server = await startServer('ours', {
        MCP_AUTH_TOKEN: `${TOKEN},${STOLEN}`,
        LOG_LEVEL: 'info',
        // Full before it begins, so that the heap does not grow by what is kept for the client.
        MAX_BUFFERED_BYTES: '65536',
        REQUEST_TIMEOUT_MS: String(TIMEOUT_MS),
        KEEP_ALIVE_MS: String(TIMEOUT_MS),
        // Few enough for one attack to take them all.
        MAX_SESSIONS: '500'
    });
    using good = await openClients(server.port, 1, openSession);
    using thieves = await openClients(server.port, 1, openSession, STOLEN);
    const stolen = { token: STOLEN, endpoint: thieves.sessions[0]?.endpoint ?? '' };
    await callAll(thieves.sessions, WARM_UP_CALLS, 4);
    await callFor(good, sleep(WARM_UP_SECONDS * 1000));

    const siege: Siege = { server, good, rows: [] };
    for (const phase of PHASES) {
        progress(`siege: ${phase.what}`);
        const phaseSeconds = seconds * (phase.parts ?? 1);
        const target = { port: server.port, stolen, seconds: phaseSeconds, cutWithinMs: CUT_WITHIN_MS };
        const attack = phase.attack?.(target) ?? Promise.resolve(undefined);
        await runPhase(phase, siege, attack, sleep(phaseSeconds * 1000));
    }
    good.verify();
    thieves.verify();

    return {
        name: 'siege',
        title: `A client makes ${CALLS_PER_SECOND} calls of add a second while others attack; REQUEST_TIMEOUT_MS=${TIMEOUT_MS}`,
        columns: COLUMNS,
        rows: siege.rows,
        notes: [
            'Times of the calls are milliseconds from when each was due; one that fails or gets a wrong reply voids the',
            'measurement, and so does an attacker that is answered wrongly or not cut off. Of the slow bodies half come',
            'with a stolen token, of the silent connections half have asked /health before. All attackers have the',
            "client's address, and the default rate limit: its token is counted apart. The sessions are opened with a stolen",
            'token, more than MAX_SESSIONS=500 of them, and another client must find a place after them. All run in the',
            "driver's process,",
            'which takes its part of the times. Files and heap: when a phase is over and garbage is collected.'
        ]
    };
};

interface Siege {
    server: ServerProcess;
    good: Clients;
    rows: Row[];
}

async function runPhase(
    { id, what }: Phase,
    { server, good, rows }: Siege,
    attack: Promise<Damage | undefined>,
    time: Promise<void>
): Promise<void> {
    const [damage, latencies] = await Promise.all([attack, callFor(good, Promise.all([attack, time]))]);
    const p99 = percentile(latencies, 99);
    // As many as answers were late; they are not the attackers'.
    good.pool.closeIdle();
    const { heapUsed } = await server.ask('memory');
    const { files } = await server.ask('resources');
    rows.push({
        id,
        what,
        unit: '',
        figures: {
            ...(damage && describe(damage)),
            calls: latencies.length,
            p50: percentile(latencies, 50),
            p99,
            '× before': p99 / Number(rows[0]?.figures.p99 ?? p99),
            max: Math.max(...latencies),
            files: files ?? 'not to be had',
            'heap, MB': heapUsed / 1e6
        }
    });
}

function describe({ answers, openMs }: Damage): Row['figures'] {
    const texts = [...answers].toSorted().map(([status, n]) => `${status} × ${formatNumber(n)}`);
    const cut = openMs.length > 0 ? { 'cut after, s': spread(openMs.map(ms => ms / 1000)) } : {};
    return { answers: texts.join(', '), ...cut };
}

/** Calls at the fixed rate until `over` settles. */
async function callFor(clients: Clients, over: Promise<unknown>): Promise<number[]> {
    let isOver = false;
    const stop = () => {
        isOver = true;
    };
    over.then(stop, stop);
    return await callAtRate(clients.sessions, CALLS_PER_SECOND, () => isOver);
}
