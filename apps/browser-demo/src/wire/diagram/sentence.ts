import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { toClock } from '../entry-text.ts';
import { directionOf, type WireEntry } from '../wire-entry.ts';
import type { Label } from './label.ts';

/** The sentence of a row for screen readers; `session` is missing if there is only one. */
export function sentenceOf(entry: WireEntry, label: Label, session?: string): Message {
    const way = message(isMixed(label) ? say.diagram.bothWays : say.direction[directionOf(entry)]);
    const values = { time: toClock(entry.at), way, what: spoken(entry, label) };
    if (session === undefined) return message(say.diagram.sentence, values);
    return message(say.diagram.sentenceOf, { ...values, session });
}

/** Whether the row stands for what both sides sent. */
function isMixed({ fold }: Label): boolean {
    return fold !== undefined && !fold.isOpen && fold.kind !== 'heartbeats';
}

function spoken(entry: WireEntry, label: Label): Message | string {
    const { text, took, mark, remark, reach, aside, id, fold } = label;
    const isPost = entry.kind === 'post' && entry.rpc !== undefined && !isMixed(label);
    const parts: (Message | string)[] = [isPost ? message(say.diagram.post, { what: text }) : text];
    if (id) parts.push(id);
    if (mark) parts.push(mark);
    // A remark on a request says the same in fewer words, unless the request was not seen.
    if (remark && (!reach || entry.kind === 'reconnecting')) parts.push(remark);
    if (reach) parts.push(reach);
    if (took) parts.push(message(say.diagram.took, { duration: took }));
    if (aside && entry.kind !== 'post') parts.push(aside);
    if (fold) parts.push(message(fold.isOpen ? say.diagram.openFold : say.diagram.closedFold));
    return parts.reduce((said, part) => message(say.diagram.and, { said, part }));
}
