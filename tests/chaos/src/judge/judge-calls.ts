import { findPeriods } from './periods.ts';
import type { Fact, RequestName } from './record.ts';

/** What became of the calls. Each list has the names of requests, for the log. */
export interface CallVerdict {
    calls: number;
    accepted: number;
    /** Accepted, and neither a reply nor the end of the session came. Also if the session ended without any reason. */
    lost: string[];
    /** Accepted shortly before Redis lost its data, and the client learned that the session is gone. */
    endedWithData: number;
    /** Ran twice, or answered twice without a retry of the client. */
    twice: string[];
    /** A reply with the number of another request, or for a request that the session never sent. */
    foreign: string[];
    /** Events whose position is not higher than that of the event before. */
    notIncreasing: string[];
    /** Positions that were left out in a stream that continued. */
    gaps: string[];
    /** Failures that the program saw, with how often each came. */
    failures: Map<string, number>;
}

interface Call {
    number: number;
    posts: number;
    acceptedAt: number | undefined;
    replies: { eventId: string | undefined; content: string }[];
}

const EVENT_ID = /^(.+):(\d+)$/;
/** An answer takes no longer, even if another process has to take the session over first. In milliseconds. */
const LONGEST_ANSWER_MS = 10_000;

/** Judges a record of one run. */
export function judgeCalls(facts: readonly Fact[]): CallVerdict {
    const calls = new Map<string, Call>();
    const endedAt = new Map<string, number>();
    const positions = new Map<string, number>();
    const verdict: CallVerdict = {
        calls: 0,
        accepted: 0,
        lost: [],
        endedWithData: 0,
        twice: [],
        foreign: [],
        notIncreasing: [],
        gaps: [],
        failures: new Map()
    };
    const dataLost = findPeriods(facts, 'redis-data-lost');

    for (const fact of facts) {
        const name = 'id' in fact ? nameOf(fact) : '';
        const call = calls.get(name);
        if (fact.kind === 'posted') {
            if (call) call.posts++;
            else calls.set(name, { number: fact.number, posts: 1, acceptedAt: undefined, replies: [] });
        } else if (fact.kind === 'accepted') {
            if (call) call.acceptedAt ??= fact.at;
        } else if (fact.kind === 'reply') {
            const isOwn = call && (fact.number === undefined || fact.number === call.number);
            if (!isOwn || (fact.eventId && !fact.eventId.startsWith(fact.session))) verdict.foreign.push(name);
            call?.replies.push(fact);
        } else if (fact.kind === 'begins') {
            const { stream, position } = parseEventId(fact.eventId) ?? {};
            if (stream && !positions.has(stream)) positions.set(stream, position ?? 0);
        } else if (fact.kind === 'event') {
            judgePosition(fact.eventId, positions, verdict);
        } else if (fact.kind === 'session-ended') {
            endedAt.set(fact.session, fact.at);
        } else if (fact.kind === 'failed') {
            verdict.failures.set(fact.reason, (verdict.failures.get(fact.reason) ?? 0) + 1);
        } else if (fact.kind === 'done') {
            verdict.calls++;
        }
    }

    for (const [name, { acceptedAt, replies, posts }] of calls) {
        if (acceptedAt === undefined && replies.length === 0) continue;
        verdict.accepted++;
        if (isTwice(replies, posts)) verdict.twice.push(name);
        if (replies.length > 0) continue;
        const ended = endedAt.get(name.split(' ', 1)[0] ?? '') ?? 0;
        // The state that was lost cannot answer: what counts is that the client was notified.
        const wasOpen = (at: number) => acceptedAt !== undefined && acceptedAt >= at - LONGEST_ANSWER_MS;
        if (dataLost.some(({ from, to }) => wasOpen(from) && (acceptedAt ?? 0) <= to && ended >= from))
            verdict.endedWithData++;
        else verdict.lost.push(name);
    }
    return verdict;
}

/**
 * A client that repeats a POST gets the reply of the first once more: the same event, or the same content without an
 * event id. Another position of the stream is another reply.
 */
function isTwice(replies: Call['replies'], posts: number): boolean {
    const [first, ...more] = replies;
    return more.some(({ content, eventId }) => {
        const [one, other] = [first?.eventId, eventId].map(id => parseEventId(id ?? ''));
        const isElsewhere = one && other && one.stream === other.stream && one.position !== other.position;
        return posts === 1 || isElsewhere || content !== first?.content;
    });
}

function judgePosition(eventId: string, positions: Map<string, number>, verdict: CallVerdict): void {
    const { stream, position } = parseEventId(eventId) ?? {};
    if (stream === undefined || position === undefined) return;
    const last = positions.get(stream) ?? 0;
    positions.set(stream, Math.max(position, last));
    if (position <= last) verdict.notIncreasing.push(eventId);
    if (position > last + 1) verdict.gaps.push(eventId);
}

function parseEventId(eventId: string): { stream: string; position: number } | undefined {
    const [, stream, digits] = EVENT_ID.exec(eventId) ?? [];
    return stream === undefined ? undefined : { stream, position: Number(digits) };
}

function nameOf({ session, id }: RequestName): string {
    return `${session} ${JSON.stringify(id)}`;
}
