import { type Message, message } from '../../i18n/i18n.ts';
import { PageError } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord } from '../../mcp/json-rpc.ts';
import type { WireFact, WireFactKind } from '../../mcp/transport/wire-fact.ts';
import type { WireEntry } from '../wire-entry.ts';

const FORMAT = 'mcp-wire-transcript';
const VERSION = 1;
/** Members whose values are of the format, not of a server. */
const OWN_WORDS: ReadonlySet<string> = new Set(['format', 'kind', 'reader', 'reason', 'session']);

/** A fact with its session and time, as a file has it. */
export type RecordedFact = WireFact & { session: string; at: number };

/** What happened on the wire, to be kept and played again. */
export interface Transcript {
    format: typeof FORMAT;
    version: typeof VERSION;
    facts: RecordedFact[];
}

/** `not-json`: the file is no JSON; `misfit`: something in it is not as a transcript has it. */
type TranscriptErrorCode = 'not-json' | 'misfit';

/** A file that is no transcript; the message names the place, and what was expected there. */
export class TranscriptError extends PageError<TranscriptErrorCode> {
    override name = 'TranscriptError';
}

export interface TranscriptOptions {
    /**
     * Whether session ids stay readable. Who has the whole id of a session that lives can speak in it, so that they are
     * blanked but for their first eight characters, all else being equal.
     * @default false
     */
    keepSessionIds?: boolean;
    /** Endpoints that are known though what named them may be in the record no more; their ids are blanked too. */
    endpoints?: readonly string[];
}

export function toTranscript(entries: readonly WireEntry[], options: TranscriptOptions = {}): string {
    const facts = entries.map(({ seq: _seq, bytes: _bytes, rpc: _rpc, ...fact }) => fact);
    const transcript = { format: FORMAT, version: VERSION, facts } satisfies Transcript;
    const isKept = options.keepSessionIds === true;
    const ids = isKept ? new Set<string>() : sessionIdsIn([...endpointsIn(entries), ...(options.endpoints ?? [])]);
    // Only what is told: a server whose ids are words of the format would spoil the file.
    const tell = (name: string, value: unknown) =>
        typeof value === 'string' && !OWN_WORDS.has(name) ? blank(value, ids) : value;
    return JSON.stringify(transcript, tell, 1);
}

/**
 * Reads the text of a file.
 *
 * @throws {TranscriptError} at the first place that does not fit.
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

/** The last millisecond that a `Date` can tell; the first is as far on the other side of 1970. */
const LAST_TIME = 8.64e15;

/** What facts of each kind have, beside their session and time; with `?` what they need not have. */
const members: Record<WireFactKind, string[]> = {
    connecting: ['url', 'reader'],
    opened: ['lastEventId'],
    resumed: [],
    replaced: [],
    dropped: ['detail?'],
    closed: ['reason', 'detail?'],
    post: ['number', 'url', 'body', 'authorization?', 'idempotencyKey?'],
    answered: ['number', 'status', 'statusText'],
    event: ['event', 'id', 'data', 'raw?'],
    comment: ['text', 'raw'],
    retry: ['ms', 'raw']
};

const exactly = (wanted: unknown): Check => [JSON.stringify(wanted), value => value === wanted];
const oneOf = (...values: unknown[]): Check => [
    message(say.transcript.oneOf, { values: values.join(', ') }),
    value => values.includes(value)
];
const text: Check = [message(say.transcript.string), value => typeof value === 'string'];
const count: Check = [message(say.transcript.count), value => Number.isSafeInteger(value) && Number(value) >= 0];

/** What a member has to be, whatever the kind, if it is no text. */
const checks: Record<string, Check> = {
    kind: oneOf(...Object.keys(members)),
    at: [message(say.transcript.time), value => typeof value === 'number' && Math.abs(value) <= LAST_TIME],
    reader: oneOf('native', 'raw'),
    reason: oneOf('asked', 'refused', 'bad-endpoint', 'failed'),
    number: count,
    status: count,
    ms: count
};

/** The fact, without members that nobody knows. */
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

/** Where messages were sent to, and what the server named for that. */
function endpointsIn(entries: readonly WireEntry[]): string[] {
    return entries.flatMap(entry => {
        // The address of a stream may hold a key.
        if (entry.kind === 'post' || entry.kind === 'connecting') return [entry.url];
        return entry.kind === 'event' && entry.event === 'endpoint' ? [entry.data] : [];
    });
}

/** The ids in the queries of endpoints; other servers may call them otherwise. */
function sessionIdsIn(endpoints: readonly string[]): Set<string> {
    const ids = new Set<string>();
    for (const endpoint of new Set(endpoints)) {
        const query = endpoint.indexOf('?');
        if (query === -1) continue;
        // As it is written there, and as it is meant: `%2B` and `+`.
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
