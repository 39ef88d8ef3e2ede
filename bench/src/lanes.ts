import { type ServerName, type ServerProcess, startServer } from './child.ts';
import type { Client } from './driver/caller.ts';
import { type Clients, callAll, type Open, openClients } from './driver/load.ts';
import { openSession } from './driver/session.ts';
import type { SectionOptions } from './result.ts';

export const SESSIONS = 16;
export const CONCURRENCY = 4;
const WARM_UP_CALLS = 6_000;
/** The servers take turns this often: a machine's speed changes from second to second. */
const SLICE_CALLS = 500;

/** One of the servers that are compared. */
export interface Lane extends AsyncDisposable {
    server: ServerProcess;
    clients: Clients;
    /** Microseconds of the server's CPU time a call, round by round. */
    perCall: number[];
    /** Calls a second of wall time, round by round; the driver has its part in it. */
    rate: number[];
}

/** Starts a server with `env` and opens its sessions, over HTTP+SSE where `open` is not given. */
export async function startLane(
    name: ServerName,
    env: Record<string, string> = {},
    open: Open<Client> = openSession,
    sessions = SESSIONS
): Promise<Lane> {
    const server = await startServer(name, env);
    try {
        const clients = await openClients(server.port, Math.ceil(sessions), open);
        const stop = async () => {
            clients[Symbol.dispose]();
            await server[Symbol.asyncDispose]();
        };
        return { server, clients, perCall: [], rate: [], [Symbol.asyncDispose]: stop };
    } catch (error) {
        await server[Symbol.asyncDispose]();
        throw error;
    }
}

export interface Rounds extends Pick<SectionOptions, 'progress'> {
    rounds: number;
    /** Calls of each lane in a round. */
    calls: number;
}

/** How many rounds and calls measure CPU time well enough. */
export function toRounds(quick: boolean): Pick<Rounds, 'rounds' | 'calls'> {
    return quick ? { rounds: 5, calls: 2_000 } : { rounds: 15, calls: 4_000 };
}

/**
 * Warms the servers up, lets them take turns, and notes in each lane what its calls cost.
 *
 * @throws {BenchError} unless every request got its one right reply.
 */
export async function runRounds(lanes: readonly Lane[], { rounds, calls, progress }: Rounds): Promise<void> {
    for (const { clients } of lanes) await callAll(clients.sessions, WARM_UP_CALLS, CONCURRENCY);
    for (let round = 0; round < rounds; round++) {
        progress(`round ${round + 1} of ${rounds}`);
        await runRound(lanes, calls);
    }
    for (const { clients } of lanes) clients.verify();
}

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
