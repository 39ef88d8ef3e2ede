import type { ServerResponse } from 'node:http';
import type { CallReport } from '@calc/tools';
import type { Observer } from '@calc/transport/server';
import type { Response } from 'express';
import { limitLines } from './limit-lines.ts';
import { type Log, shorten } from './log.ts';
import { toLoggableAddress, toLoggablePath } from './loggable.ts';
import type { Metrics } from './metrics.ts';

/** Lines about refused requests in a minute. A flood of them leaves about 300 MB in the log in a day, and no more. */
const REFUSALS_IN_LOG = 1000;
const MINUTE_MS = 60_000;

/** Why a request was refused, where the part that refused it does not say. */
const reasonsByStatus: Readonly<Record<number, string>> = { 404: 'not-found', 405: 'bad-method', 500: 'failed' };

/** Requests that were refused, as log lines and a metric. */
export interface RefusalObserver {
    /** Notes why a request is refused, before it is answered. */
    note(reason: string, res: ServerResponse): void;
    /** A request is answered with this status, 400 or above. */
    answered(res: Response, status: number): void;
}

export function observeRefusals(log: Log, metrics: Metrics): RefusalObserver {
    const reasons = new WeakMap<ServerResponse, string>();
    const mayLog = limitLines(REFUSALS_IN_LOG, MINUTE_MS, count => log.info({ count }, 'more requests refused'));
    return {
        note: (reason, res) => void reasons.set(res, reason),
        answered(res, status) {
            const reason = reasons.get(res) ?? reasonsByStatus[status] ?? 'bad-request';
            metrics.rejected(reason);
            if (!mayLog()) return;
            const { req } = res;
            const path = toLoggablePath(req.originalUrl ?? req.url);
            const line = { method: req.method, path, address: toLoggableAddress(req), status, reason };
            log.info(line, 'request refused');
        }
    };
}

/** Turns what happens to sessions into log lines and metrics. */
export function observeSessions(log: Log, metrics: Metrics, rejected: RefusalObserver['note']): Observer {
    return {
        rejected,
        opened({ id, transport, authInfo }) {
            metrics.session('opened', transport);
            if (transport === 'sse') metrics.legacySession();
            log.info({ session: shorten(id), transport, client: authInfo?.clientId }, 'session opened');
        },
        resumed({ id, transport }, replayed) {
            metrics.session('resumed', transport);
            log.info({ session: shorten(id), replayed }, 'session resumed');
        },
        dropped({ id }, reason) {
            metrics.dropped(reason);
            log.info({ session: shorten(id), reason }, 'stream dropped');
        },
        evicted({ id }, messages) {
            log.warn({ session: shorten(id), messages }, 'messages given up: more than is kept');
        },
        closed({ id }, reason) {
            metrics.closed(reason);
            log.info({ session: shorten(id), reason }, 'session closed');
        },
        failed(error, session) {
            log.error({ session: shorten(session.id), err: error }, 'session could not be opened');
        },
        defect(error) {
            log.error({ err: error }, 'a request failed');
        }
    };
}

/** Turns calls of tools into log lines and metrics. */
export function observeCalls(log: Log, metrics: Metrics): (report: CallReport) => void {
    return report => {
        const { sessionId, requestId, tool, outcome, durationMs } = report;
        metrics.call(report);
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
