import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import type { Fold } from './row.ts';

/** The words of a row that stands for several entries. */
export function foldText({ kind, tally }: Fold): Message {
    if (kind === 'heartbeats') return message(say.diagram.heartbeats, { count: tally.heartbeats });
    if (kind === 'attempts') return message(say.diagram.attempts, { count: tally.attempts });
    const parts = [...tally.methods].map(([method, times]) => {
        // There is little room, and the count says enough.
        const what = method.replace('notifications/', '');
        return times === 1 ? what : message(say.diagram.times, { count: times, what });
    });
    const [first, ...others] = parts;
    // Another entry came between the requests and their answers.
    if (first === undefined) return message(say.diagram.answers, { count: tally.messages });
    const what = others.reduce<Message | string>((said, part) => message(say.diagram.and, { said, part }), first);
    return message(say.diagram.folded, { what, count: tally.messages });
}
