import { directionOf, textOf, type WireEntry, type WireFactKind } from './wire-fact.ts';

/** Which entries are wanted; what is left out lets everything through. */
export interface WireFilter {
    /** Has to be somewhere in what the entry shows: all of its words, in any order and case. */
    text?: string;
    sessions?: ReadonlySet<string>;
    kinds?: ReadonlySet<WireFactKind>;
    direction?: 'to-server' | 'to-browser';
}

/** A function that tells whether an entry is wanted; made once for each change of the filter. */
export function createMatcher({ text = '', sessions, kinds, direction }: WireFilter): (entry: WireEntry) => boolean {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return entry => {
        if (sessions && !sessions.has(entry.session)) return false;
        if (kinds && !kinds.has(entry.kind)) return false;
        if (direction && directionOf(entry) !== direction) return false;
        if (words.length === 0) return true;
        const shown = searchText(entry).toLowerCase();
        return words.every(word => shown.includes(word));
    };
}

function searchText(entry: WireEntry): string {
    const text = `${entry.kind} ${textOf(entry)}`;
    switch (entry.kind) {
        case 'connecting':
            return `${text} GET ${entry.url}`;
        case 'post':
            return `${text} POST ${entry.url}`;
        case 'answered':
            return `${text} ${entry.status} ${entry.statusText}`;
        case 'event':
            return `${text} ${entry.event} ${entry.id}`;
        case 'dropped':
            return `${text} ${entry.detail ?? ''}`;
        case 'closed':
            return `${text} ${entry.reason} ${entry.detail ?? ''}`;
        case 'retry':
            return `${text} ${entry.ms}`;
        default:
            return text;
    }
}
