import type { WireFactKind } from '../mcp/transport/wire-fact.ts';
import type { WireFilter } from './filter.ts';

/** The groups of kinds that the user can filter by. */
export const kindGroups = {
    requests: ['connecting', 'reconnecting', 'opened', 'declined', 'post', 'answered', 'json'],
    events: ['event', 'retry'],
    heartbeats: ['comment'],
    here: ['dropped', 'ended', 'resumed', 'replaced', 'closed']
} as const satisfies Record<string, readonly WireFactKind[]>;

export type KindGroup = keyof typeof kindGroups;

/** Whether the filter selects that group. */
export function wantsGroup({ kinds }: WireFilter, group: KindGroup): boolean {
    return kinds?.has(kindGroups[group][0]) ?? false;
}

// Each of these functions adds or removes one selection. Without any selection, the filter passes everything.

export function toggleGroup({ kinds, ...others }: WireFilter, group: KindGroup): WireFilter {
    const next = toggle(kinds, kindGroups[group]);
    return { ...others, ...(next && { kinds: next }) };
}

export function toggleSession({ sessions, ...others }: WireFilter, key: string): WireFilter {
    const next = toggle(sessions, [key]);
    return { ...others, ...(next && { sessions: next }) };
}

export function toggleDirection({ direction, ...others }: WireFilter, wanted: 'to-server' | 'to-browser'): WireFilter {
    return direction === wanted ? others : { ...others, direction: wanted };
}

function toggle<Value>(set: ReadonlySet<Value> = new Set(), values: readonly Value[]): Set<Value> | undefined {
    const next = new Set(set);
    for (const value of values) if (!next.delete(value)) next.add(value);
    return next.size > 0 ? next : undefined;
}
