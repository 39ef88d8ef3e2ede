import { textOf, type WireEntry } from '../../../wire/wire-entry.ts';

/** The estimated height of a row, in pixels, until it has been in the document. */
export function estimateHeight(entry: WireEntry): number {
    const lines = Math.min(8, Math.ceil(textOf(entry).length / 45));
    if (entry.kind === 'event') return 72 + 20 * lines;
    if (entry.kind === 'post') return 76 + 20 * lines;
    return entry.kind === 'connecting' ? 76 : 32;
}
