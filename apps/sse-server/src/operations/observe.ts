import type { ServerResponse } from 'node:http';
import type { CallReport } from '@calc/tools';
import type { Observer } from '@calc/transport/server';
import type { Response } from 'express';
import { limitLines } from './limit-lines.ts';
import { type Log, shorten } from './log.ts';
import { toLoggableAddress, toLoggablePath } from './loggable.ts';
import type { Metrics } from './metrics.ts';

/** Most lines about refused requests in a minute. A flood of requests adds at most about 300 MB to the log in a day. */
const REFUSALS_IN_LOG = 1000;
const MINUTE_MS = 60_000;

/** Reasons for refused requests whose handler gives none. */
const reasonsByStatus: Readonly<Record<number, string>> = {
    404: 'not-found',
    405: 'bad-method',
    500: 'failed',
    503: 'unavailable'
};

/** Writes refused requests to the log and the metrics. */
export function observeRefusals(log: Log, metrics: Metrics) {
    const reasons = new WeakMap<ServerResponse, string>();
    const mayLog = limitLines(REFUSALS_IN_LOG, MINUTE_MS, count => log.info({ count }, 'more requests refused'));
    return {
        /** Stores the reason of a refusal, before the response is sent. */
        note(reason: string, res: ServerResponse): void {
            reasons.set(res, reason);
        },
        /** Reports a response with a status of 400 or above. */
        answered(res: Response, status: number): void {
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

/** Writes session events to the log and the metrics. */
export function observeSessions(log: Log, metrics: Metrics, rejected: NonNullable<Observer['rejected']>): Observer {
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
        takenOver({ id, transport }) {
            metrics.session('taken-over', transport);
            log.info({ session: shorten(id) }, 'session taken over');
        },
        dropped({ id }, reason) {
            metrics.dropped(reason);
            log.info({ session: shorten(id), reason }, 'stream dropped');
        },
        evicted({ id }, messages) {
            log.warn({ session: shorten(id), messages }, 'messages evicted: the backlog is over its limit');
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

/** Writes tool calls to the log and the metrics. */
export function observeCalls(log: Log, metrics: Metrics): (report: CallReport) => void {
    return report => {
        const { sessionId, requestId, tool, outcome, durationMs } = report;
        metrics.call(report);
        const ms = Math.round(durationMs * 100) / 100;
        // The client chooses the id: it may be long, and may contain its session id.
        const request = typeof requestId === 'string' ? toPlain(shorten(requestId)) : requestId;
        // The line about an opened session names its client. To spread an object here would take 2 % of a call.
        const session = sessionId === undefined ? 'none' : shorten(sessionId);
        const client = sessionId === undefined ? report.client : undefined;
        log.info({ session, client, request, tool, outcome, ms }, 'tool called');
    };
}

/** Replaces control characters, which a terminal would interpret. */
function toPlain(text: string): string {
    return text.replaceAll(/\p{C}/gu, '?');
}

/** Longest error message in the log, in characters; part of it may be a client's text. */
const MAX_MESSAGE_LENGTH = 100;

/** Logs messages that the SDK drops, usually a client's mistake such as a response without a request. */
export function observeErrors(log: Log): (error: Error) => void {
    return ({ message }) => log.debug({ error: toPlain(message.slice(0, MAX_MESSAGE_LENGTH)) }, 'message dropped');
}
