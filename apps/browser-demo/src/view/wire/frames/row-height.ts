import { textOf, type WireEntry } from '../../../wire/wire-entry.ts';

/** The estimated height of a row, in pixels, until it has been in the document. */
export function estimateHeight(entry: WireEntry): number {
    if (entry.kind === 'connecting' || entry.kind === 'reconnecting') return 100;
    const lines = Math.min(8, Math.ceil(textOf(entry).length / 45));
    if (entry.kind === 'event') return 72 + 20 * lines;
    if (entry.kind === 'post') return 82 + 20 * lines;
    return entry.kind === 'opened' || entry.kind === 'declined' ? 56 : 32;
}
