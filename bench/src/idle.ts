import { type ServerName, startServer } from './child.ts';
import type { Client } from './driver/caller.ts';
import { addSessions, type Open, openClients } from './driver/load.ts';
import type { MemoryUse } from './questions.ts';
import type { SectionOptions } from './result.ts';

/** What code that runs for the first time loads and compiles is not a session's. */
export const WARM_UP_SESSIONS = 20;

export interface IdleOptions extends Pick<SectionOptions, 'progress'> {
    server: ServerName;
    env: Record<string, string>;
    open: Open<Client>;
    /** How many sessions, growing. */
    counts: readonly number[];
}

/**
 * What sessions take that are initialized and then say nothing: kilobytes a session, for each of the counts.
 *
 * @throws {BenchError} unless every request got its one right reply.
 */
export async function measureIdle({ server: name, env, open, counts, progress }: IdleOptions): Promise<MemoryUse[]> {
    await using server = await startServer(name, env);
    using clients = await openClients(server.port, WARM_UP_SESSIONS, open);
    for (const { call } of clients.sessions) await call();
    const before = await server.ask('memory');
    const uses: MemoryUse[] = [];
    let opened = 0;
    for (const count of counts) {
        progress(`memory: ${count} sessions of ${name}`);
        await addSessions(clients, count - opened, open);
        opened = count;
        const { heapUsed, external, rss } = await server.ask('memory');
        const each = (after: number, earlier: number) => (after - earlier) / count / 1000;
        uses.push({
            heapUsed: each(heapUsed, before.heapUsed),
            external: each(external, before.external),
            rss: each(rss, before.rss)
        });
    }
    clients.verify();
    return uses;
}
