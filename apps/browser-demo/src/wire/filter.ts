import type { WireFactKind } from '../mcp/transport/wire-fact.ts';
import { frameTextOf } from './frame-text.ts';
import { directionOf, textOf, type WireEntry } from './wire-entry.ts';

/** Which entries to show. A missing member passes everything. */
export interface WireFilter {
    /** Words that must all be in the text of the entry, in any order and case. */
    text?: string;
    sessions?: ReadonlySet<string>;
    kinds?: ReadonlySet<WireFactKind>;
    direction?: 'to-server' | 'to-browser';
}

/** The search words, in lower case. The list is empty if the user typed nothing. */
export function wordsOf(text = ''): string[] {
    return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Returns a function that checks whether an entry passes the filter. A search that finds a request also finds its
 * status and its reply.
 *
 * @param requestOf the request that an entry answers.
 */
export function createMatcher(
    { text, sessions, kinds, direction }: WireFilter,
    requestOf: (entry: WireEntry) => WireEntry | undefined
): (entry: WireEntry) => boolean {
    const words = wordsOf(text);
    const holds = (entry: WireEntry): boolean => {
        const shown = searchText(entry).toLowerCase();
        return words.every(word => shown.includes(word));
    };
    return entry => {
        if (sessions && !sessions.has(entry.session)) return false;
        if (kinds && !kinds.has(entry.kind)) return false;
        if (direction && directionOf(entry) !== direction) return false;
        if (words.length === 0 || holds(entry)) return true;
        const request = requestOf(entry);
        return request !== undefined && holds(request);
    };
}

/** The members that the search reads, in addition to the text. */
const SEARCHED = ['url', 'status', 'statusText', 'reason', 'detail', 'lastEventId'] as const;

function searchText(entry: WireEntry): string {
    const members = entry as Partial<Record<(typeof SEARCHED)[number], unknown>>;
    const method = entry.kind === 'connecting' || entry.kind === 'reconnecting' ? 'GET' : '';
    const text = frameTextOf(entry)?.text ?? textOf(entry);
    const headers = 'headers' in entry ? Object.entries(entry.headers ?? {}).map(field => field.join(': ')) : [];
    return [entry.kind, method, text, ...SEARCHED.map(name => members[name]), ...headers].join(' ');
}
