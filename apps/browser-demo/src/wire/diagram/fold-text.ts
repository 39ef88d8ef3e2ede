import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import type { WireEntry } from '../wire-entry.ts';
import type { FoldKind } from './folds.ts';

/** The words of a row that stands for several entries. */
export function foldText(kind: FoldKind, entries: readonly WireEntry[]): Message {
    const beats = entries.filter(({ kind }) => kind === 'comment').length;
    if (kind === 'heartbeats') return message(say.diagram.heartbeats, { count: beats });
    if (kind === 'attempts')
        return message(say.diagram.attempts, {
            count: entries.filter(({ kind }) => kind === 'dropped' || kind === 'ended').length
        });
    const parts = [...countMethods(entries)].map(([method, times]) => {
        // There is little room, and the count says enough.
        const what = method.replace('notifications/', '');
        return times === 1 ? what : message(say.diagram.times, { count: times, what });
    });
    const [first = '', ...others] = parts;
    const what = others.reduce<Message | string>((said, part) => message(say.diagram.and, { said, part }), first);
    return message(say.diagram.folded, { what, count: entries.length - beats });
}

/** The methods of the requests and notifications, in the order of their first entries. */
function countMethods(entries: readonly WireEntry[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { rpc } of entries) {
        if (rpc && 'method' in rpc) counts.set(rpc.method, (counts.get(rpc.method) ?? 0) + 1);
    }
    return counts;
}
