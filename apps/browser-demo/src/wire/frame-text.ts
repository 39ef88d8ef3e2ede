import type { WireEntry } from './wire-entry.ts';

/** A frame of an event stream as text. */
export interface FrameText {
    text: string;
    /** Whether this is what was received, to the byte; if not, it is worded anew from what EventSource told. */
    exact: boolean;
}

/**
 * The frame of an entry, if it is one. EventSource gives no text: then the frame is put together as the specification
 * of server-sent events would have it written, and says so by `exact`. The server may have left out `event: message`,
 * given the fields in another order, or ended its lines with CR LF.
 */
export function frameTextOf(entry: WireEntry): FrameText | undefined {
    if (entry.kind === 'comment' || entry.kind === 'retry') return { text: entry.raw, exact: true };
    if (entry.kind !== 'event') return undefined;
    if (entry.raw !== undefined) return { text: entry.raw, exact: true };
    const data = entry.data.split('\n').map(line => `data: ${line}\n`);
    const id = entry.id === '' ? '' : `id: ${entry.id}\n`;
    return { text: `${id}event: ${entry.event}\n${data.join('')}\n`, exact: false };
}
