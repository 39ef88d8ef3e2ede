import { isRecord, parseJson } from '../../mcp/json-rpc.ts';
import type { Exchanges } from '../exchanges.ts';
import type { Wire } from '../wire.ts';
import { streamKeyOf, textOf, type WireEntry } from '../wire-entry.ts';
import type { Bands } from './bands.ts';

/** A span from one entry to another: a request that waits for its reply, or a gap in which a stream is down. */
export interface Span {
    readonly kind: 'wait' | 'gap';
    readonly begin: WireEntry;
    /** Undefined as long as it lasts. */
    readonly end: WireEntry | undefined;
}

/** The spans in a record, kept up to date. */
export interface Spans {
    /** The span that begins or ends with an entry. */
    of(seq: number): Span | undefined;
}

type Growing = { -readonly [Part in keyof Span]: Span[Part] };

/** @param bands of the same record, created before. */
export function createSpans(wire: Wire, exchanges: Exchanges, bands: Bands): Spans {
    const bySeq = new Map<number, Growing>();
    const waits = new Map<string, Set<Growing>>();
    const gaps = new Map<string, Growing>();

    const begin = (kind: Span['kind'], entry: WireEntry): Growing => {
        const span: Growing = { kind, begin: entry, end: undefined };
        bySeq.set(entry.seq, span);
        return span;
    };
    const end = (span: Growing, entry: WireEntry): void => {
        span.end = entry;
        bySeq.set(entry.seq, span);
        if (span.kind === 'wait') waits.get(entry.session)?.delete(span);
        else for (const [key, gap] of gaps) if (gap === span) gaps.delete(key);
    };
    /** If the request was evicted from the record, so was the wait. */
    const endWait = (seq: number | undefined, entry: WireEntry): void => {
        const span = seq === undefined ? undefined : bySeq.get(seq);
        if (span?.kind === 'wait' && !span.end) end(span, entry);
    };
    const endSession = (entry: WireEntry): void => {
        for (const wait of [...(waits.get(entry.session) ?? [])]) end(wait, entry);
        if (entry.kind !== 'closed') return;
        for (const gap of [...gaps.values()]) if (gap.begin.session === entry.session) end(gap, entry);
    };
    /** A stream broke. A failed attempt to open it again is recorded in the same way, and begins no gap. */
    const broke = (entry: WireEntry, post: number | undefined): void => {
        if (bands.of(entry.seq).length > 0) gaps.set(streamKeyOf(entry.session, post), begin('gap', entry));
    };
    const endGap = (entry: WireEntry, post: number | undefined): void => {
        const gap = gaps.get(streamKeyOf(entry.session, post));
        if (gap) end(gap, entry);
    };
    const posted = (entry: WireEntry): void => {
        if (entry.rpc?.kind === 'request') {
            const ofSession = waits.get(entry.session) ?? new Set();
            waits.set(entry.session, ofSession.add(begin('wait', entry)));
        } else if (entry.rpc?.kind === 'notification' && entry.rpc.method === 'notifications/cancelled') {
            const id = cancelledBy(entry);
            for (const wait of waits.get(entry.session) ?? []) {
                if (wait.begin.rpc?.kind === 'request' && wait.begin.rpc.id === id) end(wait, entry);
            }
        }
    };

    const added = (entry: WireEntry): void => {
        const exchange = exchanges.of(entry.seq);
        switch (entry.kind) {
            case 'post':
                return posted(entry);
            case 'answered':
                // The server does not reply to a rejected POST.
                if (entry.status < 200 || entry.status > 299) endWait(exchange?.sent.seq, entry);
                return;
            case 'event':
            case 'json':
                if (exchange?.reply === entry) endWait(exchange.sent.seq, entry);
                return;
            case 'dropped':
                return broke(entry, undefined);
            case 'ended':
                if (entry.detail !== undefined && entry.resumes) return broke(entry, entry.number);
                return entry.resumes ? undefined : endGap(entry, entry.number);
            case 'opened':
            case 'declined':
                return endGap(entry, entry.post);
            case 'replaced':
            case 'closed':
                return endSession(entry);
        }
    };
    wire.subscribe({
        added,
        evicted(entry) {
            const span = bySeq.get(entry.seq);
            bySeq.delete(entry.seq);
            if (span?.begin === entry) waits.get(entry.session)?.delete(span);
        },
        cleared() {
            bySeq.clear();
            waits.clear();
            gaps.clear();
        }
    });
    return { of: seq => bySeq.get(seq) };
}

function cancelledBy(entry: WireEntry): unknown {
    const message = parseJson(textOf(entry));
    return isRecord(message) && isRecord(message.params) ? message.params.requestId : undefined;
}
