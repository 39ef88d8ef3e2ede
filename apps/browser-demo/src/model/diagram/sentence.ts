import { type Message, message } from '../../i18n/i18n.ts';
import { toClock } from '../entry-text.ts';
import { directionOf, type WireEntry } from '../wire-fact.ts';
import type { Label } from './label.ts';

/** What a row says to those who do not see it; `session` is left out where there is only one. */
export function sentenceOf(entry: WireEntry, label: Label, session?: string): Message {
    const way = message(`direction.${directionOf(entry)}`);
    const values = { time: toClock(entry.at), way, what: spoken(entry, label) };
    if (session === undefined) return message('diagram.sentence', values);
    return message('diagram.sentenceOf', { ...values, session });
}

function spoken(entry: WireEntry, { text, took, mark, aside, id }: Label): Message | string {
    const parts: (Message | string)[] = [
        entry.kind === 'post' && entry.rpc ? message('diagram.post', { what: text }) : text
    ];
    if (id !== undefined) parts.push(message('diagram.request', { id: id.slice(1) }));
    if (mark) parts.push(mark);
    if (took) parts.push(message('diagram.took', { duration: took }));
    if (aside && entry.kind !== 'post') parts.push(aside);
    return parts.reduce((said, part) => message('diagram.and', { said, part }));
}
