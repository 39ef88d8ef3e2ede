import type { WireEntry } from './wire-entry.ts';

/** A frame of an event stream as text. */
export interface FrameText {
    text: string;
    /** Whether this is exactly what was received. If not, it was rebuilt from what EventSource reported. */
    exact: boolean;
}

/**
 * The frame of an entry, if it has one. EventSource reports no text, so the frame is rebuilt as the specification
 * writes it, and `exact` is false. The server may have left out `event: message`, ordered the fields differently, or
 * ended its lines with CR LF.
 */
export function frameTextOf(entry: WireEntry): FrameText | undefined {
    if (entry.kind === 'comment' || entry.kind === 'retry') return { text: entry.raw, exact: true };
    if (entry.kind !== 'event') return undefined;
    if (entry.raw !== undefined) return { text: entry.raw, exact: true };
    const data = entry.data.split('\n').map(line => `data: ${line}\n`);
    const id = entry.id === '' ? '' : `id: ${entry.id}\n`;
    return { text: `${id}event: ${entry.event}\n${data.join('')}\n`, exact: false };
}
