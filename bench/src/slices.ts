import { type Clients, callAtRate } from './driver/load.ts';
import type { Row, SectionOptions } from './result.ts';
import { percentile } from './statistics.ts';

export const SESSIONS = 20;
export const CALLS_PER_SECOND = 600;
export const SLICE_SECONDS = 2;
const PERCENTILES = [50, 99, 99.9];

export interface Latencies<Column extends string> {
    /** The percentiles over all slices, in milliseconds. */
    rows: Row[];
    /** The p99 of each slice by itself, in milliseconds. */
    p99: Record<Column, number[]>;
}

/**
 * Calls each server at the same fixed rate, in slices that take turns, and counts from when each call was due.
 *
 * @throws {BenchError} unless every request got its one right reply.
 */
export async function runSlices<Column extends string>(
    clients: Record<Column, Clients>,
    { slices, progress }: { slices: number } & Pick<SectionOptions, 'progress'>
): Promise<Latencies<Column>> {
    const servers = (Object.entries(clients) as [Column, Clients][]).map(([column, { sessions, verify }]) => ({
        column,
        sessions,
        verify,
        latencies: [] as number[][]
    }));
    const calls = CALLS_PER_SECOND * SLICE_SECONDS;
    // The first slice of each warms up and does not count.
    for (let slice = 0; slice <= slices; slice++) {
        progress(`slice ${slice} of ${slices}`);
        const first = slice % servers.length;
        for (const { sessions, latencies } of [...servers.slice(first), ...servers.slice(0, first)]) {
            const measured = await callAtRate(sessions, CALLS_PER_SECOND, sent => sent >= calls);
            if (slice > 0) latencies.push(measured);
        }
    }
    for (const { verify } of servers) verify();

    const byServer = <Value>(pick: (latencies: number[][]) => Value) =>
        Object.fromEntries(servers.map(({ column, latencies }) => [column, pick(latencies)])) as Record<Column, Value>;
    return {
        rows: PERCENTILES.map(percent => ({
            id: `p${percent}`,
            what: `p${percent}`,
            unit: 'ms',
            figures: byServer(latencies => percentile(latencies.flat(), percent))
        })),
        p99: byServer(latencies => latencies.map(slice => percentile(slice, 99)))
    };
}
