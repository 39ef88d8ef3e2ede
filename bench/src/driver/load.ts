import { withDeadline } from '../errors.ts';
import type { Caller, Client } from './caller.ts';
import { createPostPool, type PostPool } from './http/post-pool.ts';

/** Sessions of one server, with the connections they post on. */
export interface Clients<Session extends Client = Client> extends Disposable {
    pool: PostPool;
    sessions: Session[];
    /** @throws {BenchError} unless every request of every session got its one right reply. */
    verify(): void;
}

/** Makes one of them; `index` makes its tasks its own. */
export type Open<Session extends Client> = (options: { index: number; pool: PostPool }) => Promise<Session>;

const OPENING_AT_ONCE = 16;
const DEADLINE_MS = 120_000;

/** Opens and initializes `count` sessions. */
export async function openClients<Session extends Client>(
    port: number,
    count: number,
    open: Open<Session>,
    token?: string
): Promise<Clients<Session>> {
    const clients = createClients<Session>(port, token);
    await addSessions(clients, count, open);
    return clients;
}

/** Clients with no session yet. */
export function createClients<Session extends Client>(port: number, token?: string): Clients<Session> {
    const pool = createPostPool(port, token);
    const sessions: Session[] = [];
    return {
        pool,
        sessions,
        verify() {
            for (const session of sessions) session.ledger.verify();
        },
        [Symbol.dispose]() {
            for (const session of sessions) session.destroy();
            pool.close();
        }
    };
}

/** Opens and initializes `count` more sessions, several at a time. */
export async function addSessions<Session extends Client>(
    { pool, sessions }: Clients<Session>,
    count: number,
    open: Open<Session>
): Promise<void> {
    let left = count;
    const before = sessions.length;
    await inParallel(OPENING_AT_ONCE, async () => {
        while (left > 0) {
            const index = before + count - left--;
            const session = await open({ index, pool });
            sessions.push(session);
            await session.initialize();
        }
    });
}

/** Makes `calls` calls in all, each session having `concurrency` of them in flight: as fast as the server answers. */
export async function callAll(sessions: readonly Caller[], calls: number, concurrency: number): Promise<void> {
    let left = calls;
    await callUntil(sessions, concurrency, () => left-- <= 0);
}

/** Makes calls, each session having `concurrency` of them in flight, until `isOver`, and waits for the last reply. */
export async function callUntil(
    sessions: readonly Caller[],
    concurrency: number,
    isOver: () => boolean
): Promise<void> {
    const workers = sessions.map(session =>
        inParallel(concurrency, async () => {
            while (!isOver()) await session.call();
        })
    );
    await withDeadline(Promise.all(workers), DEADLINE_MS, () => describeWaiting(sessions));
}

/**
 * Makes calls at a fixed rate over the sessions in turn, however slow the replies are, until `isOver`.
 *
 * @returns the latencies in milliseconds, from when each call was due to when its reply was read; by this, a server
 * that stalls pays for the calls it held up, too.
 */
export async function callAtRate(
    sessions: readonly Caller[],
    perSecond: number,
    isOver: (sent: number) => boolean
): Promise<number[]> {
    const replies: Promise<number>[] = [];
    const start = performance.now();
    await new Promise<void>(resolve => {
        // Spins, since a timer comes up to a millisecond late, as long as many a call takes.
        const send = () => {
            while (!isOver(replies.length)) {
                const due = start + (replies.length * 1000) / perSecond;
                if (performance.now() < due) return setImmediate(send);
                const session = sessions[replies.length % sessions.length];
                if (!session) break;
                const latency = session.call().then(time => time - due);
                latency.catch(() => {});
                replies.push(latency);
            }
            resolve();
        };
        send();
    });
    return await withDeadline(Promise.all(replies), DEADLINE_MS, () => describeWaiting(sessions));
}

async function inParallel(workers: number, work: () => Promise<void>): Promise<void> {
    await Promise.all(Array.from({ length: workers }, work));
}

function describeWaiting(sessions: readonly Caller[]): string {
    const waiting = sessions.reduce((sum, { ledger }) => sum + ledger.waiting, 0);
    return `${waiting} replies have not come`;
}
