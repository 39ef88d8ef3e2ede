import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { toDuration } from '../duration.ts';
import { toClock } from '../entry-text.ts';
import type { Exchange } from '../exchanges.ts';
import type { WireEntry } from '../wire-entry.ts';
import { isAfterReply, shortEventId } from './label.ts';
import type { Reach } from './reach.ts';

/** What there is to explain about an entry: sentences, and header lines of the response. */
export function notesOf(
    entry: WireEntry,
    exchange: Exchange | undefined,
    reach: Reach | undefined
): (Message | string)[] {
    switch (entry.kind) {
        case 'post':
        case 'connecting':
            return reach ? [reachNote(entry, reach)] : [];
        case 'reconnecting':
            if (entry.late) return [message(say.note.late)];
            return reach ? [reachNote(entry, reach)] : [];
        case 'opened':
            return [message(say.note.stream), ...headerLines(entry.headers)];
        case 'answered':
            if (entry.status !== 202) return headerLines(entry.headers);
            if (exchange && isAfterReply(exchange)) return [message(say.note.afterReply)];
            return exchange?.id === undefined ? [] : [message(say.note.accepted)];
        case 'event': {
            if (!entry.id || !entry.rpc || entry.rpc.kind === 'notification') return [];
            const ids = { id: String(entry.rpc.id), event: shortEventId(entry.id) };
            return [message(say.note.ids, ids)];
        }
        default:
            return [];
    }
}

function reachNote({ at }: WireEntry, reach: Reach): Message {
    if (reach.state === 'waiting') return message(say.note.waiting);
    if (reach.state === 'unknown') return message(say.note.unknown, { time: toClock(reach.since.at) });
    return message(say.note.reached, { proof: proofText(reach.by), duration: toDuration(reach.by.at - at) });
}

function proofText(by: WireEntry): Message {
    if (by.kind === 'answered') return message(say.note.byAnswer, { status: `${by.status} ${by.statusText}`.trim() });
    if (by.kind === 'opened') return message(say.note.byStream);
    return message(by.kind === 'closed' ? say.note.byRefusal : say.note.byReply);
}

function headerLines(headers: Readonly<Record<string, string>> = {}): string[] {
    return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}
