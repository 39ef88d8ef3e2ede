import type { CallReport } from '@calc/tools';
import type { SseSessions } from '@calc/transport/server';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Stateless } from '../mcp/stateless.ts';

type Count<Label extends string> = Pick<Counter<Label>, 'inc'>;

/** What is counted, for Prometheus. */
export interface Metrics {
    /** Sessions opened and resumed, by what happened and by transport. */
    sessions: Count<'event' | 'transport'>;
    /** Sessions of clients that still speak a transport that is deprecated. */
    legacySessions: Count<never>;
    /** Sessions that ended, by reason. */
    closed: Count<'reason'>;
    /** Streams that broke off, by reason. */
    dropped: Count<'reason'>;
    /** Requests turned away, by reason. */
    rejected: Count<'reason'>;
    /** Errors that no request waited for: each is a defect of the server. */
    unhandled: Count<never>;
    /** Counts a call of a tool. */
    observeCall(report: CallReport): void;
    /** Measured when asked: what the sessions and the stateless requests hold. */
    watch(sessions: SseSessions, stateless: Stateless): void;
    /** All of it in Prometheus's text format. */
    toText(): Promise<string>;
    readonly contentType: string;
}

/** What prom-client measures of the process: it goes on for ever once it has begun, so it begins once. */
let processMetrics: Registry | undefined;

function collectProcessMetrics(): Registry {
    if (!processMetrics) {
        processMetrics = new Registry();
        collectDefaultMetrics({ register: processMetrics });
    }
    return processMetrics;
}

/** A registry of its own for each app, so that two of them in one process do not add up. */
export function createMetrics(): Metrics {
    const register = new Registry();
    const registers = [register];
    const processRegister = collectProcessMetrics();
    const calls = new Counter({
        name: 'mcp_tool_calls_total',
        help: 'Calls of tools, by tool and outcome',
        labelNames: ['tool', 'outcome'],
        registers
    });
    const seconds = new Histogram({
        name: 'mcp_tool_call_duration_seconds',
        help: 'From when a call was handed to its tool until the result was there',
        labelNames: ['tool'],
        buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 3, 10, 60],
        registers
    });
    return {
        sessions: new Counter({
            name: 'mcp_sessions_total',
            help: 'Sessions, by what happened (opened, resumed) and by transport',
            labelNames: ['event', 'transport'],
            registers
        }),
        legacySessions: new Counter({
            name: 'mcp_legacy_sessions_total',
            help: 'Sessions over HTTP+SSE, which is deprecated: when this stands still, nobody needs /sse any more',
            registers
        }),
        closed: new Counter({
            name: 'mcp_sessions_closed_total',
            help: 'Sessions that ended, by reason',
            labelNames: ['reason'],
            registers
        }),
        dropped: new Counter({
            name: 'mcp_streams_dropped_total',
            help: 'Streams that broke off, by reason',
            labelNames: ['reason'],
            registers
        }),
        rejected: new Counter({
            name: 'mcp_requests_rejected_total',
            help: 'Requests turned away, by reason',
            labelNames: ['reason'],
            registers
        }),
        unhandled: new Counter({
            name: 'mcp_unhandled_rejections_total',
            help: 'Errors that no request waited for; each is a defect of the server, and in its log',
            registers
        }),
        observeCall({ tool, outcome, durationMs }) {
            calls.inc({ tool, outcome });
            seconds.observe({ tool }, durationMs / 1000);
        },
        watch(sessions, stateless) {
            const measure = (name: string, help: string, value: () => number) =>
                new Gauge({
                    name,
                    help,
                    registers,
                    collect() {
                        this.set(value());
                    }
                });
            measure('mcp_sessions', 'Sessions there are, those that wait to be resumed included', () => sessions.size);
            measure('mcp_streams_open', 'Event streams of sessions that are open', () => sessions.openStreams);
            measure('mcp_buffered_bytes', 'Bytes of messages kept for clients', () => sessions.bufferedBytes);
            measure('mcp_stateless_requests', 'Stateless requests not answered yet', () => stateless.exchanges);
            measure('mcp_stateless_subscriptions', 'Subscriptions without a session', () => stateless.subscriptions);
        },
        toText: () => Registry.merge([register, processRegister]).metrics(),
        contentType: register.contentType
    };
}
