import { type Exchange, type Exchanges, latencyOf } from './exchanges.ts';
import type { Wire } from './wire.ts';

/** One call that was answered. */
export interface LatencyPoint {
    session: string;
    method: string;
    ms: number;
    /** Number of the entry that began it. */
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

/** How long calls took, oldest first. */
export function summarizeLatency(points: readonly LatencyPoint[]): LatencySummary {
    const sorted = points.map(({ ms }) => ms).sort((a, b) => a - b);
    return { points, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) };
}

/** The value that this share of all is not above (nearest rank). */
function quantile(sorted: readonly number[], share: number): number | undefined {
    return sorted[Math.ceil(share * sorted.length) - 1];
}

/** The calls that were answered last, kept as the record grows: to look through it for them at each change costs. */
export interface LastAnswered {
    /** Oldest first; another list with each change. */
    list(): readonly LatencyPoint[];
    /** Follows the record no more. */
    stop(): void;
}

export function createLastAnswered(wire: Wire, exchanges: Exchanges, count: number): LastAnswered {
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
    return { list: () => last, stop };
}

/** One if it is a call of the browser that got its reply. */
function toPoints(exchange: Exchange): LatencyPoint[] {
    const { from, session, method = '', sent, reply } = exchange;
    const ms = latencyOf(exchange);
    if (from !== 'browser' || ms === undefined) return [];
    return [{ session, method, ms, seq: sent.seq, isError: reply?.rpc?.kind === 'error' }];
}
