import { type Message, message } from '../../i18n/i18n.ts';
import { PageError } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord } from '../../mcp/json-rpc.ts';
import type { WireFact, WireFactKind } from '../../mcp/transport/wire-fact.ts';
import type { WireEntry } from '../wire-entry.ts';

const FORMAT = 'mcp-wire-transcript';
const VERSION = 1;
/** Members whose values come from the format, not from a server. */
const OWN_WORDS: ReadonlySet<string> = new Set(['format', 'kind', 'reader', 'reason', 'session']);

/** A fact with its session and time, as stored in a file. */
export type RecordedFact = WireFact & { session: string; at: number };

/** A recording of the wire, to store and replay. */
export interface Transcript {
    format: typeof FORMAT;
    version: typeof VERSION;
    facts: RecordedFact[];
}

/** `not-json`: the file is not JSON. `misfit`: a member does not have the form of a transcript. */
type TranscriptErrorCode = 'not-json' | 'misfit';

/** The file is not a transcript. The message names the place, and what was expected there. */
export class TranscriptError extends PageError<TranscriptErrorCode> {
    override name = 'TranscriptError';
}

export interface TranscriptOptions {
    /**
     * Whether to keep complete session ids. By default only their first eight characters are kept, because anyone with
     * the id of an open session can send messages in it.
     * @default false
     */
    keepSessionIds?: boolean;
    /** Endpoints of entries that may have been evicted. Their ids are blanked too. */
    endpoints?: readonly string[];
    /** Session ids of Streamable HTTP, which such entries may have named. */
    sessionIds?: readonly string[];
}

export function toTranscript(entries: readonly WireEntry[], options: TranscriptOptions = {}): string {
    const facts = entries.map(({ seq: _seq, bytes: _bytes, rpc: _rpc, ...fact }) => fact);
    const transcript = { format: FORMAT, version: VERSION, facts } satisfies Transcript;
    const ids = options.keepSessionIds === true ? new Set<string>() : idsToBlank(entries, options);
    // The words of the format are never blanked: a session id equal to one of them would spoil the file.
    const tell = (name: string, value: unknown) =>
        typeof value === 'string' && !OWN_WORDS.has(name) ? blank(value, ids) : value;
    return JSON.stringify(transcript, tell, 1);
}

/**
 * Parses the text of a file.
 *
 * @throws {TranscriptError} at the first member that is not valid.
 */
export function parseTranscript(text: string): Transcript {
    let file: unknown;
    try {
        file = JSON.parse(text);
    } catch (cause) {
        throw new TranscriptError('not-json', message(say.transcript.notJson), { cause });
    }
    const head = isRecord(file) ? file : {};
    check(head.format, exactly(FORMAT), 'format');
    check(head.version, exactly(VERSION), 'version');
    check(head.facts, [message(say.transcript.array), Array.isArray], 'facts');
    const facts = (head.facts as unknown[]).map((fact, index) => parseFact(fact, `facts[${index}]`));
    const unordered = facts.findIndex(({ at }, index) => at < (facts[index - 1]?.at ?? at));
    if (unordered !== -1) {
        throw new TranscriptError('misfit', message(say.transcript.order, { place: `facts[${unordered}].at` }));
    }
    return { format: FORMAT, version: VERSION, facts };
}

type Check = [expected: Message | string, fits: (value: unknown) => boolean];

/** The largest time that a `Date` can hold, on either side of 1970. */
const LAST_TIME = 8.64e15;

/** The members of each kind of fact, besides session and time. A `?` marks an optional member. */
const members: Record<WireFactKind, string[]> = {
    connecting: ['url', 'reader', 'headers?'],
    reconnecting: ['url', 'lastEventId', 'late?', 'headers?', 'post?'],
    opened: ['lastEventId', 'headers?', 'post?'],
    declined: ['status', 'statusText', 'headers?', 'post?'],
    resumed: ['post?'],
    replaced: [],
    dropped: ['detail?'],
    closed: ['reason', 'detail?'],
    post: ['number', 'url', 'body', 'method?', 'authorization?', 'idempotencyKey?', 'headers?', 'automatic?'],
    answered: ['number', 'status', 'statusText', 'headers?', 'stream?'],
    json: ['number', 'data'],
    ended: ['number', 'detail?', 'resumes?'],
    event: ['event', 'id', 'data', 'raw?', 'post?'],
    comment: ['text', 'raw', 'post?'],
    retry: ['ms', 'raw', 'post?']
};

const exactly = (wanted: unknown): Check => [JSON.stringify(wanted), value => value === wanted];
const oneOf = (...values: unknown[]): Check => [
    message(say.transcript.oneOf, { values: values.join(', ') }),
    value => values.includes(value)
];
const text: Check = [message(say.transcript.string), value => typeof value === 'string'];
const isTrue = exactly(true);
const count: Check = [message(say.transcript.count), value => Number.isSafeInteger(value) && Number(value) >= 0];

/** The check of each member that is not text, for all kinds. */
const checks: Record<string, Check> = {
    kind: oneOf(...Object.keys(members)),
    at: [message(say.transcript.time), value => typeof value === 'number' && Math.abs(value) <= LAST_TIME],
    reader: oneOf('native', 'raw'),
    reason: oneOf('asked', 'refused', 'bad-endpoint', 'failed'),
    method: exactly('DELETE'),
    late: isTrue,
    automatic: isTrue,
    stream: isTrue,
    resumes: isTrue,
    headers: [message(say.transcript.headers), isHeaders],
    number: count,
    post: count,
    status: count,
    ms: count
};

function isHeaders(value: unknown): boolean {
    return isRecord(value) && Object.values(value).every(text => typeof text === 'string');
}

/** Checks a fact and leaves out unknown members. */
function parseFact(fact: unknown, place: string): RecordedFact {
    check(fact, [message(say.transcript.object), isRecord], place);
    const given = fact as Record<string, unknown>;
    const known: Record<string, unknown> = {};
    const take = (member: string): void => {
        const name = member.replace('?', '');
        const value = given[name];
        if (name !== member && value === undefined) return;
        check(value, checks[name] ?? text, `${place}.${name}`);
        known[name] = value;
    };
    take('kind');
    for (const member of ['session', 'at', ...members[given.kind as WireFactKind]]) take(member);
    return known as unknown as RecordedFact;
}

function check(value: unknown, [expected, fits]: Check, place: string): void {
    if (fits(value)) return;
    const got = value === undefined ? message(say.transcript.nothing) : JSON.stringify(value).slice(0, 60);
    throw new TranscriptError('misfit', message(say.transcript.misfit, { place, expected, got }));
}

function idsToBlank(entries: readonly WireEntry[], options: TranscriptOptions): Set<string> {
    const { endpoints = [], sessionIds = [] } = options;
    const named = entries.map(entry => ('headers' in entry ? entry.headers?.['mcp-session-id'] : undefined) ?? '');
    const ids = [...named, ...sessionIds].filter(id => id.length > 8);
    return new Set([...sessionIdsIn([...endpointsIn(entries), ...endpoints]), ...ids]);
}

/** The endpoints in the record: those that the server sent, and those that POSTs went to. */
function endpointsIn(entries: readonly WireEntry[]): string[] {
    return entries.flatMap(entry => {
        // The address of a stream may contain a key.
        if ('url' in entry) return [entry.url];
        return entry.kind === 'event' && entry.event === 'endpoint' ? [entry.data] : [];
    });
}

/** The values in the queries of endpoints. Other servers may use other names than `sessionId`. */
function sessionIdsIn(endpoints: readonly string[]): Set<string> {
    const ids = new Set<string>();
    for (const endpoint of new Set(endpoints)) {
        const query = endpoint.indexOf('?');
        if (query === -1) continue;
        // Both the encoded and the decoded form, such as `%2B` and `+`.
        for (const part of endpoint.slice(query + 1).split(/[&#]/)) {
            const written = part.slice(part.indexOf('=') + 1);
            const [meant = ''] = new URLSearchParams(part).values();
            for (const value of [written, meant]) if (value.length > 8) ids.add(value);
        }
    }
    return ids;
}

function blank(text: string, ids: ReadonlySet<string>): string {
    let blanked = text;
    for (const id of ids) blanked = blanked.replaceAll(id, id.slice(0, 8) + id.slice(8).replace(/[^-]/g, '0'));
    return blanked;
}
