import type { SseObserver } from '@calc/sse';
import type { CallReport } from '@calc/tools';
import { type Log, shorten } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Turns a request that was refused, by the guards or by the transport, into a log line and a metric. */
export function observeRefusals(log: Log, metrics: Metrics): (reason: string) => void {
    return reason => {
        metrics.rejected.inc({ reason });
        log.info({ reason }, 'request refused');
    };
}

/** Turns what happens to sessions into log lines and metrics. */
export function observeSessions(log: Log, metrics: Metrics): SseObserver {
    return {
        refused: observeRefusals(log, metrics),
        opened({ id, transport, authInfo }) {
            metrics.sessions.inc({ event: 'opened', transport });
            if (transport === 'sse') metrics.legacySessions.inc();
            log.info({ session: shorten(id), transport, client: authInfo?.clientId }, 'session opened');
        },
        resumed({ id, transport }, replayed) {
            metrics.sessions.inc({ event: 'resumed', transport });
            log.info({ session: shorten(id), replayed }, 'session resumed');
        },
        dropped({ id }, reason) {
            metrics.dropped.inc({ reason });
            log.info({ session: shorten(id), reason }, 'stream dropped');
        },
        evicted({ id }, messages) {
            log.warn({ session: shorten(id), messages }, 'messages given up: more than is kept');
        },
        closed({ id }, reason) {
            metrics.closed.inc({ reason });
            log.info({ session: shorten(id), reason }, 'session closed');
        },
        failed(error, session) {
            log.error({ session: shorten(session.id), err: error }, 'session could not be opened');
        }
    };
}

/** Turns calls of tools into log lines and metrics. */
export function observeCalls(log: Log, metrics: Metrics): (report: CallReport) => void {
    return report => {
        const { sessionId, requestId, tool, outcome, durationMs } = report;
        metrics.observeCall(report);
        const ms = Math.round(durationMs * 100) / 100;
        // The caller's own choice, of any length, and perhaps made from its session's id.
        const request = typeof requestId === 'string' ? toPlain(shorten(requestId)) : requestId;
        // Who has a session is named where that was opened.
        const who =
            sessionId === undefined ? { session: 'none', client: report.client } : { session: shorten(sessionId) };
        log.info({ ...who, request, tool, outcome, ms }, 'tool called');
    };
}

/** Without what a terminal would take for more than text. */
function toPlain(text: string): string {
    return text.replaceAll(/\p{C}/gu, '?');
}

/** As much of an error's message as may be a client's own words. */
const MAX_MESSAGE_LENGTH = 100;

/** Tells of what the SDK could make nothing of: a client's mistake as a rule, such as a reply to no request. */
export function observeErrors(log: Log): (error: Error) => void {
    return ({ message }) => log.debug({ error: toPlain(message.slice(0, MAX_MESSAGE_LENGTH)) }, 'message dropped');
}
