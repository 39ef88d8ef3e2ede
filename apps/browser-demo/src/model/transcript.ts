import { isRecord } from '../json-rpc.ts';
import type { WireEntry, WireFact, WireFactKind } from './wire-fact.ts';

const FORMAT = 'mcp-wire-transcript';
const VERSION = 1;

/** A fact with its session and time, as a file has it. */
export type RecordedFact = WireFact & { session: string; at: number };

/** What happened on the wire, to be kept and played again. */
export interface Transcript {
    format: typeof FORMAT;
    version: typeof VERSION;
    facts: RecordedFact[];
}

/** A file that is no transcript; the message names the place, and what was expected there. */
export class TranscriptError extends Error {
    override name = 'TranscriptError';
}

export interface TranscriptOptions {
    /**
     * Whether session ids stay readable. Who has the whole id of a session that lives can speak in it, so that they are
     * blanked but for their first eight characters, all else being equal.
     * @default false
     */
    keepSessionIds?: boolean;
}

export function toTranscript(entries: readonly WireEntry[], options: TranscriptOptions = {}): string {
    const facts = entries.map(({ seq: _seq, bytes: _bytes, rpc: _rpc, ...fact }) => fact);
    const text = JSON.stringify({ format: FORMAT, version: VERSION, facts } satisfies Transcript, null, 1);
    return options.keepSessionIds ? text : blank(text, sessionIdsIn(entries));
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
        throw new TranscriptError('a transcript is JSON, and this is not', { cause });
    }
    if (!isRecord(file) || file.format !== FORMAT) throw new TranscriptError(`format must be "${FORMAT}"`);
    if (file.version !== VERSION) {
        throw new TranscriptError(`version must be ${VERSION}, got ${JSON.stringify(file.version)}`);
    }
    if (!Array.isArray(file.facts)) throw new TranscriptError('facts must be an array');
    const facts = file.facts.map((fact, index) => parseFact(fact, `facts[${index}]`));
    const unordered = facts.findIndex(({ at }, index) => at < (facts[index - 1]?.at ?? at));
    if (unordered !== -1)
        throw new TranscriptError(`facts[${unordered}].at must not be before the fact in front of it`);
    return { format: FORMAT, version: VERSION, facts };
}

type Check = { expected: string; fits(value: unknown): boolean };

const text: Check = { expected: 'a string', fits: value => typeof value === 'string' };
const maybeText: Check = { expected: 'a string', fits: value => value === undefined || typeof value === 'string' };
const time: Check = { expected: 'a number', fits: value => typeof value === 'number' && Number.isFinite(value) };
const count: Check = {
    expected: 'a whole number, 0 or more',
    fits: value => Number.isSafeInteger(value) && Number(value) >= 0
};
const oneOf = (...values: string[]): Check => ({
    expected: `one of ${values.join(', ')}`,
    fits: value => typeof value === 'string' && values.includes(value)
});

const members: Record<WireFactKind, Record<string, Check>> = {
    connecting: { url: text, reader: oneOf('native', 'raw') },
    opened: { lastEventId: text },
    resumed: {},
    replaced: {},
    dropped: { detail: maybeText },
    closed: { reason: oneOf('asked', 'refused', 'bad-endpoint', 'failed'), detail: maybeText },
    post: { number: count, url: text, body: text, authorization: maybeText },
    answered: { number: count, status: count, statusText: text },
    event: { event: text, id: text, data: text, raw: maybeText },
    comment: { text, raw: text },
    retry: { ms: count, raw: text }
};

const isKind = oneOf(...Object.keys(members));

function parseFact(fact: unknown, place: string): RecordedFact {
    if (!isRecord(fact)) throw new TranscriptError(`${place} must be an object`);
    const { kind } = fact;
    check(kind, isKind, `${place}.kind`);
    const checks = { session: text, at: time, ...members[kind as WireFactKind] };
    for (const [name, rule] of Object.entries(checks)) check(fact[name], rule, `${place}.${name}`);
    // Nothing that is not known comes along.
    const known = Object.keys(checks).flatMap(name => (fact[name] === undefined ? [] : [[name, fact[name]]]));
    return { kind, ...Object.fromEntries(known) } as RecordedFact;
}

function check(value: unknown, { expected, fits }: Check, place: string): void {
    if (fits(value)) return;
    const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
    throw new TranscriptError(`${place} must be ${expected}, got ${got}`);
}

/** The ids in the queries of endpoints; other servers may call them otherwise. */
function sessionIdsIn(entries: readonly WireEntry[]): Set<string> {
    const ids = new Set<string>();
    for (const entry of entries) {
        if (entry.kind !== 'event' || entry.event !== 'endpoint') continue;
        const query = entry.data.indexOf('?');
        if (query === -1) continue;
        for (const value of new URLSearchParams(entry.data.slice(query)).values()) if (value.length > 8) ids.add(value);
    }
    return ids;
}

function blank(text: string, ids: ReadonlySet<string>): string {
    let blanked = text;
    for (const id of ids) blanked = blanked.replaceAll(id, id.slice(0, 8) + id.slice(8).replace(/[^-]/g, '0'));
    return blanked;
}
