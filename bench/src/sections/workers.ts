import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServer } from '../child.ts';
import type { Client } from '../driver/caller.ts';
import { createPostPool, type PostPool } from '../driver/http/post-pool.ts';
import { createHttpSession } from '../driver/http-session.ts';
import { type Open, openClients } from '../driver/load.ts';
import { openSession } from '../driver/session.ts';
import { everything } from '../environments.ts';
import { CONCURRENCY, type Lane, runRounds, SESSIONS } from '../lanes.ts';
import type { Section } from '../result.ts';
import { ratios, spread } from '../statistics.ts';

/** CPU time of a call that arrives at another worker than its session, next to one that arrives at the right worker. */
export const measureWorkers: Section = async ({ quick, progress }) => {
    const rounds = quick ? 5 : 15;
    const calls = quick ? 2_000 : 4_000;
    const folder = mkdtempSync(join(tmpdir(), 'bench-workers-'));
    try {
        const start = (number: number) =>
            startServer('ours', { ...everything, WORKER: String(number), WORKER_FOLDER: folder });
        await using owner = await start(1);
        await using other = await start(2);
        using poolOfOwner = disposable(createPostPool(owner.port));
        /** The session is opened at its owner, and called through the other worker. */
        const through = (pool: PostPool): PostPool => ({
            ...pool,
            send: (request, toReader) =>
                (request.headers?.['Mcp-Session-Id'] ? pool : poolOfOwner).send(request, toReader)
        });
        const openLane = async (port: number, open: Open<Client>): Promise<Lane> => {
            const clients = await openClients(port, SESSIONS, open);
            const stop = async () => clients[Symbol.dispose]();
            return { server: both(owner, other), clients, perCall: [], rate: [], [Symbol.asyncDispose]: stop };
        };
        await using sse = await openLane(owner.port, openSession);
        await using sseForwarded = await openLane(other.port, ({ index, pool }) =>
            openSession({ index, pool, streamPort: owner.port })
        );
        await using http = await openLane(owner.port, async options => createHttpSession(options));
        await using httpForwarded = await openLane(other.port, async ({ index, pool }) =>
            createHttpSession({ index, pool: through(pool) })
        );
        const lanes = [sse, sseForwarded, http, httpForwarded];
        await runRounds(lanes, { rounds, calls, progress: text => progress(`workers: ${text}`) });
        return {
            name: 'workers',
            title: `CPU for a call of add, of both workers: ${rounds} rounds of ${calls} calls each, ${SESSIONS} sessions with ${CONCURRENCY} in flight`,
            columns: ['/sse', '/mcp'],
            rows: [
                {
                    id: 'own',
                    what: 'CPU for a call that arrives at the owner of its session',
                    unit: 'µs',
                    figures: { '/sse': spread(sse.perCall), '/mcp': spread(http.perCall) }
                },
                {
                    id: 'forwarded',
                    what: 'CPU for a call that arrives at the other worker',
                    unit: 'µs',
                    figures: { '/sse': spread(sseForwarded.perCall), '/mcp': spread(httpForwarded.perCall) }
                },
                {
                    id: 'forwarded-ratio',
                    what: 'the second, the first = 1',
                    unit: '×',
                    figures: {
                        '/sse': spread(ratios(sseForwarded.perCall, sse.perCall)),
                        '/mcp': spread(ratios(httpForwarded.perCall, http.perCall))
                    }
                }
            ],
            notes: ['The stream of /sse is open at the owner of the session. Ratios are taken within a round.']
        };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
};

/** Both workers as one, for their CPU time together. */
function both(owner: ServerProcess, other: ServerProcess): ServerProcess {
    const ask: ServerProcess['ask'] = async (name, push) => {
        const answers = await Promise.all([owner.ask(name, push), other.ask(name, push)]);
        const sum = Number(answers[0]) + Number(answers[1]);
        return sum as (typeof answers)[0];
    };
    return { ...owner, ask };
}

function disposable(pool: PostPool): PostPool & Disposable {
    return { ...pool, [Symbol.dispose]: () => pool.close() };
}
