import type { Exchanges } from '../exchanges.ts';
import type { WireEntry } from '../wire-entry.ts';
import type { Bands } from './bands.ts';
import { createFolds, type FoldKind, isFailedAttempt } from './folds.ts';
import { createLanes, joinLines, type Lanes } from './lanes.ts';
import type { Fold, Row, RowKind } from './row.ts';
import type { Spans } from './spans.ts';
import { createTally, type GrowingTally } from './tally.ts';

/** What the rows are made of. */
export interface RowParts {
    readonly exchanges: Exchanges;
    readonly spans: Spans;
    readonly bands: Bands;
}

/** Consecutive entries that share a row until the user opens it; or one entry. */
interface Group {
    readonly kind: FoldKind | undefined;
    /** It grows in place: a copy for each entry would take time with the square of their number. */
    entries: [WireEntry, ...WireEntry[]];
    /** The rows of its entries. */
    readonly parts: Row[];
    tally: GrowingTally | undefined;
    /** The row that stands for all of them; the only part if there is one. */
    folded: Row;
}

/** The groups of a list of entries to which more are added. */
export interface Groups {
    readonly list: Group[];
    readonly lanes: Lanes;
    readonly sessions: Set<string>;
    append(entry: WireEntry): void;
    /** Removes the rows of entries that were evicted. In a group, only some may be. */
    cut(oldest: number): void;
}

export function createGroups({ exchanges, spans, bands }: RowParts): Groups {
    const list: Group[] = [];
    const lanes = createLanes(spans, bands);
    const folds = createFolds(exchanges, bands);
    const sessions = new Set<string>();
    let newest: WireEntry | undefined;

    const isFailedRequest = ({ parts: [first, second] }: Group): boolean => {
        if (second || first?.entries[0].kind !== 'reconnecting') return false;
        const end = bands.of(first.seq)[0]?.end;
        // The rows of a whole record are those that grew with it, so what comes later must not matter.
        return end !== undefined && end.seq <= (newest?.seq ?? 0) && isFailedAttempt(end, bands);
    };
    /** Failed attempts share a row with the requests before them, also if two sessions take turns. */
    const joinAttempts = (): void => {
        let first = list.length - 1;
        for (let index = first - 1; index >= 0; index--) {
            const group = list[index];
            if (!group || (group.kind !== 'attempts' && !isFailedRequest(group))) break;
            first = index;
        }
        const [head, ...others] = list.slice(first);
        if (!head || others.length === 0) return;
        const joined: Group = {
            ...head,
            kind: 'attempts',
            entries: [...head.entries],
            parts: [...head.parts],
            tally: undefined
        };
        for (const part of others.flatMap(({ parts }) => parts)) join(joined, part);
        list.splice(first, list.length, joined);
    };
    /** Heartbeats within a fold join it. After it they stay visible. */
    const joinHeartbeats = (): void => {
        const [fold, beats] = list.slice(-2);
        if (fold?.kind !== 'background' || beats?.kind !== 'heartbeats') return;
        list.pop();
        for (const part of beats.parts) join(fold, part);
    };

    return {
        list,
        lanes,
        sessions,
        append(entry) {
            sessions.add(entry.session);
            const kind = folds.next(entry);
            const part: Row = {
                kind: kind === 'attempts' ? 'note' : kindOf(entry),
                seq: entry.seq,
                entries: [entry],
                sessions: [entry.session],
                fold: undefined,
                since: newest && entry.at - newest.at,
                lines: lanes.next(entry)
            };
            newest = entry;
            if (kind === 'background') joinHeartbeats();
            const before = list.at(-1);
            if (before && kind && before.kind === kind) return join(before, part);
            list.push({ kind, entries: [entry], parts: [part], tally: undefined, folded: part });
            if (kind === 'attempts') joinAttempts();
        },
        cut(oldest) {
            const first = list.findIndex(({ parts }) => (parts.at(-1)?.seq ?? 0) >= oldest);
            list.splice(0, first === -1 ? list.length : first);
            const [group] = list;
            if (!group || group.folded.seq >= oldest) return;
            const count = group.parts.findIndex(({ seq }) => seq >= oldest);
            for (const part of group.parts.splice(0, count)) group.tally?.remove(part.entries[0]);
            const [head, ...rest] = group.entries.slice(count);
            if (!head) return;
            group.entries = [head, ...rest];
            group.folded = { ...group.folded, seq: head.seq, entries: group.entries };
        }
    };
}

function join(group: Group, part: Row): void {
    const { entries, folded, kind, parts } = group;
    const [first] = parts;
    if (!kind || !first) return;
    const tally = group.tally ?? tallyOf(parts);
    group.tally = tally;
    const fold: Fold = { kind, id: folded.fold?.id ?? folded.seq, isOpen: true, tally };
    if (parts.length === 1) parts[0] = { ...first, fold };
    parts.push({ ...part, fold });
    const [entry] = part.entries;
    entries.push(entry);
    tally.add(entry);
    group.folded = {
        ...folded,
        kind: kindOfFold(kind, entries),
        entries,
        sessions: folded.sessions.includes(entry.session)
            ? folded.sessions
            : [...folded.sessions, entry.session].sort(),
        fold: { ...fold, isOpen: false },
        lines: joinLines(folded.lines, part.lines, entries[0])
    };
}

function tallyOf(parts: readonly Row[]): GrowingTally {
    const tally = createTally();
    for (const { entries } of parts) tally.add(entries[0]);
    return tally;
}

function kindOfFold(kind: FoldKind, entries: readonly WireEntry[]): RowKind {
    if (kind === 'heartbeats') return 'tick';
    return isOneAttempt(entries) ? 'arrow' : 'fold';
}

/** A request for the stream, and its failure. */
export function isOneAttempt(entries: readonly WireEntry[]): boolean {
    return entries.length === 2 && entries[0]?.kind === 'reconnecting';
}

function kindOf(entry: WireEntry): RowKind {
    switch (entry.kind) {
        case 'connecting':
        case 'reconnecting':
        case 'post':
        case 'event':
        case 'json':
            return 'arrow';
        case 'answered':
            return entry.status === 0 ? 'note' : 'answer';
        case 'opened':
        case 'declined':
            return 'answer';
        case 'ended':
            return entry.detail === undefined ? 'tick' : 'break';
        case 'comment':
        case 'retry':
            return 'tick';
        case 'dropped':
            return 'break';
        default:
            return 'note';
    }
}
