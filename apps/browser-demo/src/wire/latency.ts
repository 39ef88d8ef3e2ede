import { type Exchange, type Exchanges, latencyOf } from './exchanges.ts';
import type { Wire } from './wire.ts';

/** One call that was answered. */
export interface LatencyPoint {
    session: string;
    method: string;
    ms: number;
    /** The number of its first entry. */
    seq: number;
    isError: boolean;
}

export interface LatencySummary {
    points: readonly LatencyPoint[];
    /** In milliseconds; undefined without points. */
    median: number | undefined;
    p95: number | undefined;
    max: number | undefined;
}

/** Median, 95th percentile and maximum of the latencies. */
export function summarizeLatency(points: readonly LatencyPoint[]): LatencySummary {
    const sorted = points.map(({ ms }) => ms).sort((a, b) => a - b);
    return { points, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) };
}

/** A quantile by the nearest-rank method. */
function quantile(sorted: readonly number[], share: number): number | undefined {
    return sorted[Math.ceil(share * sorted.length) - 1];
}

/** The last answered calls, updated with the record. To search the record at each change would be slow. */
export function createLastAnswered(wire: Wire, exchanges: Exchanges, count: number) {
    let last = exchanges.all().flatMap(toPoints).slice(-count);
    const stop = wire.subscribe({
        added(entry) {
            const exchange = exchanges.of(entry.seq);
            if (exchange?.reply === entry) last = [...last, ...toPoints(exchange)].slice(-count);
        },
        cleared() {
            last = [];
        }
    });
    return {
        /** Oldest first. Each change makes a new list. */
        list: (): readonly LatencyPoint[] => last,
        /** Stops following the record. */
        stop
    };
}

/** One point if the exchange is an answered call of the browser, otherwise none. */
function toPoints(exchange: Exchange): LatencyPoint[] {
    const { from, session, method = '', sent, reply } = exchange;
    const ms = latencyOf(exchange);
    if (from !== 'browser' || ms === undefined) return [];
    return [{ session, method, ms, seq: sent.seq, isError: reply?.rpc?.kind === 'error' }];
}
