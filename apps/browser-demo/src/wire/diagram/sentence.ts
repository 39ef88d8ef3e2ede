import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { toClock } from '../entry-text.ts';
import { directionOf, type WireEntry } from '../wire-entry.ts';
import type { Label } from './label.ts';

/** The sentence of a row for screen readers; `session` is missing if there is only one. */
export function sentenceOf(entry: WireEntry, label: Label, session?: string): Message {
    const way = message(say.direction[directionOf(entry)]);
    const values = { time: toClock(entry.at), way, what: spoken(entry, label) };
    if (session === undefined) return message(say.diagram.sentence, values);
    return message(say.diagram.sentenceOf, { ...values, session });
}

function spoken(entry: WireEntry, { text, took, mark, reach, aside, id }: Label): Message | string {
    const parts: (Message | string)[] = [
        entry.kind === 'post' && entry.rpc ? message(say.diagram.post, { what: text }) : text
    ];
    if (id) parts.push(id);
    if (mark) parts.push(mark);
    if (reach) parts.push(reach);
    if (took) parts.push(message(say.diagram.took, { duration: took }));
    if (aside && entry.kind !== 'post') parts.push(aside);
    return parts.reduce((said, part) => message(say.diagram.and, { said, part }));
}
