import type { CallReport } from '@calc/tools';
import type { Sessions } from '@calc/transport/server';
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Stateless } from '../mcp/stateless.ts';

/** Counts one event; `values` are those of the metric's labels, in their order, without spaces. */
type Count = (...values: string[]) => void;

/** How the process and Redis get on. */
export interface RedisState {
    /** Undefined if the process can use Redis now. */
    readonly whyUnavailable: string | undefined;
    /** How many commands were rejected, because Redis was not available or refused them. */
    readonly rejectedCommands: number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** prom-client's metrics of the process. They cannot be stopped once started, so all apps of a process share them. */
let processMetrics: Registry | undefined;

function collectProcessMetrics(): Registry {
    if (!processMetrics) {
        processMetrics = new Registry();
        collectDefaultMetrics({ register: processMetrics });
    }
    return processMetrics;
}

/**
 * What the server counts and measures, for Prometheus. The metrics of one app have a registry of their own, so that two
 * apps in one process do not add up.
 */
export function createMetrics() {
    const register = new Registry();
    const registers = [register];
    const processRegister = collectProcessMetrics();

    /** An event costs one number in a map; prom-client reads the numbers when Prometheus scrapes. */
    const counter = (name: string, help: string, ...labelNames: string[]): Count => {
        const counts = new Map<string, number>();
        new Counter({
            name,
            help,
            labelNames,
            registers,
            collect() {
                this.reset();
                for (const [key, count] of counts) this.labels(...key.split(' ', labelNames.length)).inc(count);
            }
        });
        return (...values) => {
            const key = values.join(' ');
            counts.set(key, (counts.get(key) ?? 0) + 1);
        };
    };
    const gauge = (name: string, help: string, measure: () => number) =>
        new Gauge({
            name,
            help,
            registers,
            collect() {
                this.set(measure());
            }
        });

    const all = () => Registry.merge([register, processRegister]);
    const toJson = (): Promise<object> => all().getMetricsAsJSON();

    const calls = counter('mcp_tool_calls_total', 'Calls of tools, by tool and outcome', 'tool', 'outcome');
    // prom-client has no public way to fill a histogram at the scrape.
    const seconds = new Histogram({
        name: 'mcp_tool_call_duration_seconds',
        help: 'Time from the start of a tool call to its result',
        labelNames: ['tool'],
        buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 3, 10, 60],
        registers
    });
    return {
        session: counter(
            'mcp_sessions_total',
            'Sessions, by what happened (opened, resumed, taken-over) and by transport',
            'event',
            'transport'
        ),
        legacySession: counter(
            'mcp_legacy_sessions_total',
            'Sessions over HTTP+SSE, which is deprecated; /sse can go once this no longer grows'
        ),
        closed: counter('mcp_sessions_closed_total', 'Sessions that ended, by reason', 'reason'),
        dropped: counter('mcp_streams_dropped_total', 'Streams that broke off, by reason', 'reason'),
        rejected: counter('mcp_requests_rejected_total', 'Requests refused, by reason', 'reason'),
        unhandled: counter(
            'mcp_unhandled_rejections_total',
            'Promises rejected without a handler; each is a defect of the server and is in its log'
        ),
        /** Counts and times one call of a tool. */
        call({ tool, outcome, durationMs }: CallReport): void {
            calls(tool, outcome);
            seconds.observe({ tool }, durationMs / 1000);
        },
        /** Adds metrics that read these objects at each scrape. */
        watch(sessions: Sessions, stateless: Stateless, redis?: RedisState): void {
            gauge('mcp_sessions', 'Open sessions, including those that can be resumed', () => sessions.size);
            gauge('mcp_streams_open', 'Open event streams of sessions', () => sessions.openStreams);
            gauge('mcp_buffered_bytes', 'Bytes of messages kept for clients', () => sessions.bufferedBytes);
            gauge('mcp_stateless_requests', 'Unanswered stateless requests', () => stateless.exchanges);
            gauge('mcp_stateless_subscriptions', 'Subscriptions without a session', () => stateless.subscriptions);
            if (!redis) return;
            const isAvailable = () => (redis.whyUnavailable === undefined ? 1 : 0);
            gauge('mcp_redis_available', 'Whether this process can use Redis (1) or not (0)', isAvailable);
            new Counter({
                name: 'mcp_redis_commands_rejected_total',
                help: 'Commands that failed because Redis was not available or refused them',
                registers,
                collect() {
                    this.reset();
                    this.inc(redis.rejectedCommands);
                }
            });
        },
        /** All metrics as data, for another worker. */
        toJson,
        /** All metrics in Prometheus's text format. @param others the metrics of the other workers, which are added. */
        async toText(others: readonly object[] = []): Promise<string> {
            if (others.length === 0) return all().metrics();
            return AggregatorRegistry.aggregate([await toJson(), ...others]).metrics();
        },
        contentType: register.contentType as string
    };
}
