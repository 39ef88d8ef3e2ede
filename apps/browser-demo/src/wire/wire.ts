import { parseMessage } from '../mcp/json-rpc.ts';
import type { WireFact } from '../mcp/transport/wire-fact.ts';
import { type RpcSummary, textOf, type WireEntry } from './wire-entry.ts';

export interface WireOptions {
    /** The current time in milliseconds, for facts without a time. */
    now(): number;
    /**
     * The most entries. Beyond it, the oldest are evicted.
     * @default 20000
     */
    maxEntries?: number;
    /**
     * The most bytes of text. Beyond it, the oldest entries are evicted, but never the newest.
     * @default 32 MiB
     */
    maxBytes?: number;
}

/** Called for each change, before the next one. */
interface WireListener {
    added?(entry: WireEntry): void;
    /** The oldest entry was evicted. */
    evicted?(entry: WireEntry): void;
    cleared?(): void;
}

/** The record: what happened on the wire of all sessions, in order of time. It is bounded; entries never change. */
export interface Wire {
    readonly size: number;
    /** The bytes of text in the record. */
    readonly bytes: number;
    /** The number of the newest entry; 0 before the first. */
    readonly last: number;
    record(session: string, fact: WireFact, at?: number): WireEntry;
    /** The entry with that number, unless it was evicted. */
    get(seq: number): WireEntry | undefined;
    /** The entries, oldest first, optionally up to a number. */
    entries(upTo?: number): WireEntry[];
    /** Removes all entries. Numbers continue. */
    clear(): void;
    /** Returns a function that unsubscribes. */
    subscribe(listener: WireListener): () => void;
}

export function createWire({ now, maxEntries = 20_000, maxBytes = 32 * 1024 * 1024 }: WireOptions): Wire {
    const listeners = new Set<WireListener>();
    let kept: WireEntry[] = [];
    // The index of the oldest entry in `kept`. Removing it each time would move all the others.
    let start = 0;
    let bytes = 0;
    let last = 0;

    const evict = (): void => {
        const entry = kept[start++];
        if (!entry) return;
        bytes -= entry.bytes;
        if (start > kept.length / 2) {
            kept = kept.slice(start);
            start = 0;
        }
        for (const listener of listeners) listener.evicted?.(entry);
    };
    const size = (): number => kept.length - start;

    return {
        get size() {
            return size();
        },
        get bytes() {
            return bytes;
        },
        get last() {
            return last;
        },
        record(session, fact, at = now()) {
            const rpc = summarize(fact);
            const entry = { ...fact, seq: ++last, at, session, bytes: sizeOf(fact), ...(rpc && { rpc }) };
            kept.push(entry);
            bytes += entry.bytes;
            while (size() > 1 && (size() > maxEntries || bytes > maxBytes)) evict();
            for (const listener of listeners) listener.added?.(entry);
            return entry;
        },
        get: seq => (seq > last - size() ? kept[kept.length - 1 - (last - seq)] : undefined),
        entries(upTo = last) {
            return kept.slice(start, Math.max(start, kept.length - (last - upTo)));
        },
        clear() {
            kept = [];
            start = 0;
            bytes = 0;
            for (const listener of listeners) listener.cleared?.();
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        }
    };
}

function summarize(fact: WireFact): RpcSummary | undefined {
    const isMessage =
        fact.kind === 'post' || fact.kind === 'json' || (fact.kind === 'event' && fact.event === 'message');
    const message = isMessage ? parseMessage(textOf(fact)) : undefined;
    if (!message) return undefined;
    const { kind } = message;
    if (kind === 'request') return { kind, id: message.id, method: message.method };
    return kind === 'notification' ? { kind, method: message.method } : { kind, id: message.id };
}

function sizeOf(fact: WireFact): number {
    return utf8Length(('raw' in fact ? fact.raw : undefined) ?? textOf(fact));
}

/** The size of a text in UTF-8, without encoding it. */
function utf8Length(text: string): number {
    let bytes = text.length;
    for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        if (unit < 0x80) continue;
        // A surrogate pair is two units and four bytes, so each unit counts as two bytes.
        bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
    }
    return bytes;
}
