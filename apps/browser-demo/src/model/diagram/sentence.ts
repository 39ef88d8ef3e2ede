import { type Message, message } from '../../i18n/i18n.ts';
import { directionOf, type WireEntry } from '../wire-fact.ts';
import { toClock } from './duration.ts';
import type { Label } from './label.ts';

const ways = {
    'to-server': message('diagram.toServer'),
    'to-browser': message('diagram.toBrowser'),
    here: message('diagram.here')
};

/** What a row says to those who do not see it; `session` is left out where there is only one. */
export function sentenceOf(entry: WireEntry, label: Label, session?: string): Message {
    const values = { time: toClock(entry.at), way: ways[directionOf(entry)], what: spoken(entry, label) };
    if (session === undefined) return message('diagram.sentence', values);
    return message('diagram.sentenceOf', { ...values, session });
}

function spoken(entry: WireEntry, { text, took, mark, aside, id }: Label): Message | string {
    const isPost = entry.kind === 'post' && entry.rpc;
    const parts: (Message | string)[] = [isPost ? message('diagram.post', { what: text }) : text];
    if (id !== undefined) parts.push(message('diagram.request', { id: id.slice(1) }));
    if (mark) parts.push(mark);
    if (took) parts.push(message('diagram.took', { duration: took }));
    if (aside && entry.kind !== 'post') parts.push(aside);
    return parts.reduce((said, part) => message('diagram.and', { said, part }));
}
