import { type Message, message } from '../i18n/i18n.ts';
import * as say from '../i18n/texts.ts';
import type { WireEntry } from './wire-entry.ts';

/** The words for an entry without text. They are the same in every view. */
export function entryText(entry: WireEntry): Message | string | undefined {
    switch (entry.kind) {
        case 'opened':
        case 'dropped':
        case 'resumed':
        case 'replaced':
            return message(say.entry[entry.kind]);
        case 'closed':
            return message(say.closed[entry.reason]);
        case 'declined':
            return `${entry.status} ${entry.statusText}`.trim();
        case 'ended':
            return message(entry.detail === undefined ? say.diagram.streamEnded : say.diagram.streamBroke);
        case 'answered':
            return entry.status === 0 ? message(say.entry.unanswered) : `${entry.status} ${entry.statusText}`.trim();
        default:
            return undefined;
    }
}

/** Whether an entry reports a failure below JSON-RPC. */
export function isFailure(entry: WireEntry): boolean {
    if (entry.kind === 'answered') return entry.status < 200 || entry.status > 299;
    // The specification allows a server to have no stream of GET (MCP, Listening for Messages from the Server).
    if (entry.kind === 'declined') return entry.status !== 405;
    if (entry.kind === 'ended') return entry.detail !== undefined;
    return entry.kind === 'dropped' || (entry.kind === 'closed' && entry.reason !== 'asked');
}

/** The time of day, for example 09:30:18.091. */
export function toClock(at: number): string {
    const time = new Date(at);
    return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
