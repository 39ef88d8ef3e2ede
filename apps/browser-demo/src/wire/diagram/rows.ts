import { indexFrom, indexOfSeq } from '../entry-index.ts';
import type { WireEntry } from '../wire-entry.ts';
import { createGroups, type RowParts } from './groups.ts';
import type { LifeLines } from './lanes.ts';
import type { Row } from './row.ts';

export interface Rows {
    readonly list: readonly Row[];
    /** The life lines below the last row. */
    readonly tail: LifeLines;
    /** The sessions that have, or had, rows. */
    readonly sessions: ReadonlySet<string>;
    /** How many streams have been next to each other. */
    readonly width: number;
    /** Whether nothing has happened but the handshake of one session, and what the page does by itself. */
    readonly isHandshake: boolean;
}

/**
 * Returns the rows of entries, oldest first: each entry is in one row. If entries were only added or evicted since the
 * last call, the rows of the others are kept.
 */
export function createRows(parts: RowParts): (entries: readonly WireEntry[], unfolded?: ReadonlySet<number>) => Rows {
    let known: readonly WireEntry[] = [];
    let groups = createGroups(parts);
    let isHandshake = false;

    const belongsToHandshake = ({ kind, seq, rpc }: WireEntry): boolean => {
        if (kind === 'dropped' || kind === 'closed') return false;
        const sent = parts.exchanges.of(seq)?.sent;
        if (sent?.kind !== 'post') return rpc === undefined;
        if (sent.automatic) return true;
        return sent.rpc !== undefined && 'method' in sent.rpc && HANDSHAKE.has(sent.rpc.method);
    };

    return (entries, unfolded = NONE) => {
        const evicted = overlap(known, entries);
        if (evicted === undefined) {
            known = [];
            groups = createGroups(parts);
            isHandshake = entries[0]?.kind === 'connecting';
        } else if (evicted > 0) groups.cut(entries[0]?.seq ?? 0);
        for (let index = known.length - (evicted ?? 0); index < entries.length; index++) {
            const entry = entries[index];
            if (!entry) continue;
            groups.append(entry);
            isHandshake &&= groups.sessions.size === 1 && belongsToHandshake(entry);
        }
        known = entries;
        const { lanes, sessions } = groups;
        const list: Row[] = [];
        for (const { parts, folded } of groups.list) {
            if (folded.fold && unfolded.has(folded.fold.id)) list.push(...parts);
            else list.push(folded);
        }
        return {
            list,
            tail: lanes.tail(),
            sessions,
            width: lanes.width,
            isHandshake
        };
    };
}

const NONE: ReadonlySet<number> = new Set();
const HANDSHAKE: ReadonlySet<string> = new Set(['initialize', 'notifications/initialized']);

/**
 * How many entries of `known` were evicted at the front of `next`; undefined if `next` does not continue `known`.
 * Comparing all entries takes less time than the layout of one in a hundred.
 */
function overlap(known: readonly WireEntry[], next: readonly WireEntry[]): number | undefined {
    const [first] = next;
    const missing = first ? known.indexOf(first) : -1;
    if (missing === -1 || known.length - missing > next.length) return undefined;
    for (let index = missing; index < known.length; index++)
        if (known[index] !== next[index - missing]) return undefined;
    return missing;
}

/** The index of the row with that entry; -1 if there is none. */
export function rowOf(list: readonly Row[], seq: number): number {
    const index = indexFrom(list, seq + 1) - 1;
    return indexOfSeq(list[index]?.entries ?? [], seq) === -1 ? -1 : index;
}
