import { type Exchange, type Exchanges, latencyOf } from './exchanges.ts';
import type { Wire } from './wire.ts';

/** One call that was answered. */
export interface LatencyPoint {
    session: string;
    method: string;
    /** When the request left, in milliseconds of the record. */
    at: number;
    ms: number;
    /** Number of the entry that began it. */
    seq: number;
    isError: boolean;
}

export interface LatencySummary {
    points: LatencyPoint[];
    /** In milliseconds; undefined without points. */
    median: number | undefined;
    p95: number | undefined;
    max: number | undefined;
}

/** The last `count` requests of the browser that got their reply, oldest first, and how long these took. */
export function summarizeLatency(exchanges: readonly Exchange[], count = 50): LatencySummary {
    const points: LatencyPoint[] = [];
    for (let index = exchanges.length - 1; index >= 0 && points.length < count; index--) {
        const exchange = exchanges[index];
        const ms = exchange && exchange.from === 'browser' ? latencyOf(exchange) : undefined;
        if (!exchange || ms === undefined) continue;
        const { session, method = '', sent, reply } = exchange;
        points.push({ session, method, at: sent.at, ms, seq: sent.seq, isError: reply?.rpc?.kind === 'error' });
    }
    const sorted = points.map(({ ms }) => ms).sort((a, b) => a - b);
    return { points: points.reverse(), median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) };
}

/** The value that this share of all is not above (nearest rank). */
function quantile(sorted: readonly number[], share: number): number | undefined {
    return sorted[Math.ceil(share * sorted.length) - 1];
}

/** The exchanges that were answered last, kept as the record grows: to look through it for them at each change costs. */
export interface LastAnswered {
    /** Oldest first. */
    list(): readonly Exchange[];
    /** Changes with the list. */
    readonly version: number;
    /** Follows the record no more. */
    stop(): void;
}

export function createLastAnswered(wire: Wire, exchanges: Exchanges, count = 50): LastAnswered {
    const isAnswered = (exchange: Exchange): boolean =>
        exchange.from === 'browser' && latencyOf(exchange) !== undefined;
    let last = exchanges.all().filter(isAnswered).slice(-count);
    let version = 0;
    const stop = wire.subscribe({
        added(entry) {
            if (entry.kind !== 'event' || !entry.rpc || 'method' in entry.rpc) return;
            const exchange = exchanges.of(entry.seq);
            if (exchange?.reply !== entry || !isAnswered(exchange)) return;
            last = [...last, exchange].slice(-count);
            version++;
        },
        cleared() {
            last = [];
            version++;
        }
    });
    return {
        list: () => last,
        get version() {
            return version;
        },
        stop
    };
}
