import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerName, type ServerProcess, startServer } from '../child.ts';
import { createPostPool } from '../driver/http/post-pool.ts';
import { openSession, type Session } from '../driver/session.ts';
import { everything } from '../environments.ts';
import { BenchError } from '../errors.ts';
import type { MemoryUse, ResourceUse } from '../questions.ts';
import type { Row, Section } from '../result.ts';

const AT_ONCE = 16;
const RESUME_WINDOW_MS = 200;
const GONE_WITHIN_MS = 20_000;
const POLL_MS = 50;

interface State {
    memory: MemoryUse;
    resources: ResourceUse;
}

/** What is left in a server after sessions have come, called once, and gone without a word. */
export const measureGrowth: Section = async ({ quick, progress }) => {
    const cycles = quick ? 500 : 2_000;
    const measure = async (name: ServerName) => {
        progress(`growth: ${cycles} sessions of ${name}`);
        return await measureServer(name, cycles);
    };
    const states = { tutorial: await measure('tutorial'), bare: await measure('bare'), ours: await measure('ours') };
    const row = (
        id: string,
        what: string,
        unit: string,
        pick: (before: State, after: State) => number | string
    ): Row => {
        const figure = (column: keyof typeof states) => pick(states[column].before, states[column].after);
        return {
            id,
            what,
            unit,
            figures: { tutorial: figure('tutorial'), bare: figure('bare'), ours: figure('ours') }
        };
    };
    return {
        name: 'growth',
        title: `What ${cycles} sessions leave behind: opened, initialized, one call, connection destroyed`,
        rows: [
            row('heap-growth', 'heap growth', 'B/session', (before, after) =>
                Math.round((after.memory.heapUsed - before.memory.heapUsed) / cycles)
            ),
            row('files', 'open files, before → after', '', (before, after) =>
                toChange(before.resources.files, after.resources.files)
            ),
            row('timers', 'active timers, before → after', '', (before, after) =>
                toChange(before.resources.timers, after.resources.timers)
            ),
            row('handles', 'other active handles, before → after', '', (before, after) =>
                toChange(before.resources.handles, after.resources.handles)
            )
        ],
        notes: [
            `"Before" is after as many sessions to warm up. ours keeps a dropped session for ${RESUME_WINDOW_MS} ms here;`,
            'the state after is taken when every session is unknown to the server and garbage is collected.'
        ]
    };
};

async function measureServer(name: ServerName, cycles: number): Promise<{ before: State; after: State }> {
    await using server = await startServer(name, { ...everything, RESUME_WINDOW_MS: String(RESUME_WINDOW_MS) });
    await openAndLeave(server, cycles);
    const before = await readState(server);
    await openAndLeave(server, cycles);
    return { before, after: await readState(server) };
}

async function openAndLeave(server: ServerProcess, cycles: number): Promise<void> {
    const pool = createPostPool(server.port);
    let left = cycles;
    const last: Session[] = [];
    const worker = async () => {
        while (left > 0) {
            const session = await openSession({ index: left--, pool });
            await session.initialize();
            await session.call();
            session.destroy();
            session.ledger.verify();
            last.push(session);
            if (last.length > AT_ONCE) last.shift();
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    // They end in the order in which they were left.
    for (const session of last) await waitUntilUnknown(session);
    pool.close();
}

/** Works with any server: one that knows the session no more refuses what is posted to it. */
async function waitUntilUnknown(session: Session): Promise<void> {
    const deadline = performance.now() + GONE_WITHIN_MS;
    while (performance.now() < deadline) {
        try {
            await session.notify('notifications/initialized');
        } catch (error) {
            if (error instanceof BenchError && error.code === 'refused') return;
            throw error;
        }
        await sleep(POLL_MS);
    }
    throw new BenchError(
        'timeout',
        `A session was still known ${GONE_WITHIN_MS} ms after its connection was destroyed`
    );
}

async function readState(server: ServerProcess): Promise<State> {
    const memory = await server.ask('memory');
    return { memory, resources: await server.ask('resources') };
}

function toChange(before: number | null, after: number | null): string {
    return before === null || after === null ? 'not to be had' : `${before} → ${after}`;
}
