import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '@calc/test-helpers';
import { startServer } from '../child.ts';
import { type Clients, callUntil, createClients } from '../driver/load.ts';
import { startProxy, type TcpProxy } from '../driver/proxy.ts';
import { openSession, type Session } from '../driver/session.ts';
import { everything } from '../environments.ts';
import { BenchError } from '../errors.ts';
import type { Section } from '../result.ts';
import { STORM_CHECKS, toStormRows } from './storm-rows.ts';

const SESSIONS = 50;
const CONCURRENCY = 4;
const SEED = 20_241_105;
/** The longest time between two cuts, and before a client reconnects; each time a random part of it. */
const CUT_EVERY_MS = 16;
const RECONNECT_MS = 20;

interface Storm {
    random(): number;
    /** Aborted when it is over, however it ended. */
    calm: AbortSignal;
    drops: number;
    resumed: number;
    fresh: number;
}

/** Streams break all the time while calls are in flight, and no reply may be lost, doubled or out of order. */
export const runStorm: Section = async ({ quick, progress }) => {
    const cuts = quick ? 250 : 1_000;
    await using server = await startServer('ours', everything);
    using proxy = await startProxy(server.port);
    using clients = createClients<Session>(server.port);
    const over = new AbortController();
    const storm: Storm = { random: createRandom(SEED), calm: over.signal, drops: 0, resumed: 0, fresh: 0 };
    await openSessions(clients, proxy.port, storm);

    progress(`storm: ${cuts} streams to be cut`);
    const start = performance.now();
    let isCut = false;
    const cutting = cutStreams(proxy, cuts, storm).finally(() => {
        isCut = true;
    });
    try {
        await callUntil(clients.sessions, CONCURRENCY, () => isCut);
    } finally {
        over.abort();
        await cutting;
    }
    const seconds = (performance.now() - start) / 1000;
    clients.verify();

    const { drops, resumed, fresh } = storm;
    return {
        name: 'storm',
        title: `${SESSIONS} sessions with ${CONCURRENCY} calls in flight, whose streams are cut at random`,
        rows: toStormRows({ cuts, drops, resumed, fresh, seconds, sessions: clients.sessions }),
        notes: [STORM_CHECKS]
    };
};

async function openSessions({ pool, sessions }: Clients<Session>, streamPort: number, storm: Storm): Promise<void> {
    for (let index = 0; index < SESSIONS; index++) {
        const onDrop = () => {
            storm.drops++;
            const session = sessions[index];
            if (session) void reconnect(session, storm);
        };
        const session = await openSession({ index, pool, streamPort, onDrop });
        sessions.push(session);
        await session.initialize();
    }
}

async function cutStreams(proxy: TcpProxy, cuts: number, { random, calm }: Storm): Promise<void> {
    for (let done = 0; done < cuts && !calm.aborted; ) {
        await sleep(random() * CUT_EVERY_MS);
        if (proxy.size === 0) continue;
        proxy.cut(random());
        done++;
    }
}

/** Comes back after a moment, as often as it takes. */
async function reconnect(session: Session, storm: Storm): Promise<void> {
    while (!storm.calm.aborted) {
        await sleep(storm.random() * RECONNECT_MS);
        try {
            const outcome = await session.reopen();
            storm[outcome]++;
            if (outcome === 'resumed') return;
            const lost = 'the server opened a fresh session where one was to be resumed';
            return session.ledger.fail(new BenchError('wrong-reply', lost));
        } catch (error) {
            // Cut again before its endpoint event, which is what the storm is about.
            if (!(error instanceof BenchError)) throw error;
        }
    }
}
