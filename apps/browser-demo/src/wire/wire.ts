import { parseMessage } from '../mcp/json-rpc.ts';
import type { WireFact } from '../mcp/transport/wire-fact.ts';
import { type RpcSummary, textOf, type WireEntry } from './wire-entry.ts';

export interface WireOptions {
    /** Milliseconds; for what is recorded without a time of its own. */
    now(): number;
    /**
     * More entries than that, and the oldest make room.
     * @default 20000
     */
    maxEntries?: number;
    /**
     * More bytes of text than that, and the oldest make room; the newest entry always stays.
     * @default 32 MiB
     */
    maxBytes?: number;
}

/** Told of each change, before the next one. */
interface WireListener {
    added?(entry: WireEntry): void;
    /** The oldest entry has made room. */
    evicted?(entry: WireEntry): void;
    cleared?(): void;
}

/** What happened on the wire of all sessions, in the order of time; bounded, and otherwise only added to. */
export interface Wire {
    readonly size: number;
    /** Bytes of text that are kept. */
    readonly bytes: number;
    /** The number of the newest entry; 0 before the first. */
    readonly last: number;
    record(session: string, fact: WireFact, at?: number): WireEntry;
    /** The entry of that number, if it is here still. */
    get(seq: number): WireEntry | undefined;
    /** What is here, oldest first; up to that number if one is given. */
    entries(upTo?: number): WireEntry[];
    /** Forgets all entries; numbers go on. */
    clear(): void;
    /** Returns what ends the subscription. */
    subscribe(listener: WireListener): () => void;
}

export function createWire({ now, maxEntries = 20_000, maxBytes = 32 * 1024 * 1024 }: WireOptions): Wire {
    const listeners = new Set<WireListener>();
    let kept: WireEntry[] = [];
    // Where in `kept` the oldest entry is: taking it off the front each time would move all the others.
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
    const isMessage = fact.kind === 'post' || (fact.kind === 'event' && fact.event === 'message');
    const message = isMessage ? parseMessage(textOf(fact)) : undefined;
    if (!message) return undefined;
    const { kind } = message;
    if (kind === 'request') return { kind, id: message.id, method: message.method };
    return kind === 'notification' ? { kind, method: message.method } : { kind, id: message.id };
}

function sizeOf(fact: WireFact): number {
    return utf8Length(('raw' in fact ? fact.raw : undefined) ?? textOf(fact));
}

/** How many bytes a text has in UTF-8, without making them. */
function utf8Length(text: string): number {
    let bytes = text.length;
    for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        if (unit < 0x80) continue;
        // A surrogate pair is two units and four bytes, so two for each of them.
        bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
    }
    return bytes;
}
