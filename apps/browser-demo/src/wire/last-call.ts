import { isRecord, parseJson } from '../mcp/json-rpc.ts';
import type { Exchange, Exchanges } from './exchanges.ts';
import type { Wire } from './wire.ts';
import { textOf, type WireEntry } from './wire-entry.ts';

/**
 * Follows the requests of a record. The returned function gives the last one that a user made; undefined if there is none.
 *
 * @param exchanges of the same record, created before.
 */
export function createLastCall(wire: Wire, exchanges: Exchanges): () => Exchange | undefined {
    let last: Exchange | undefined;
    wire.subscribe({
        added(entry) {
            if (entry.kind !== 'post' || entry.rpc?.kind !== 'request') return;
            if (!entry.automatic && entry.rpc.method !== 'initialize') last = exchanges.of(entry.seq);
        },
        cleared() {
            last = undefined;
        }
    });
    return () => last;
}

/** Longer results are cut off. */
const MAX_CHARACTERS = 200;
/** Deeper values have no text that is worth showing. */
const MAX_DEPTH = 4;

/** A reply in one line: the first text in its result, otherwise the result as JSON; the message of an error. */
export function resultText(reply: WireEntry): string {
    const message = parseJson(textOf(reply));
    if (!isRecord(message)) return '';
    const { result, error } = message;
    const text = isRecord(error) ? String(error.message) : (firstText(result) ?? JSON.stringify(result) ?? '');
    const line = text.trim().replace(/\s+/g, ' ');
    return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line;
}

function firstText(value: unknown, depth = 0): string | undefined {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return undefined;
    if ('text' in value && typeof value.text === 'string') return value.text;
    for (const member of Object.values(value)) {
        const text = firstText(member, depth + 1);
        if (text !== undefined) return text;
    }
    return undefined;
}
