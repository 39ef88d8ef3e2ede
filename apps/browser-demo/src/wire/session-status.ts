import type { CloseReason, StreamReader } from '../mcp/transport/wire-fact.ts';
import type { Wire } from './wire.ts';
import type { WireEntry } from './wire-entry.ts';

/** How the stream of a session is. `resumed` is open, after a drop that lost nothing. */
type Phase = 'connecting' | 'open' | 'dropped' | 'resumed' | 'closed';

/** How long until a stream that dropped is opened again, and how the page knows. */
interface RetryDelay {
    ms: number;
    /** `told` by the server and seen by the page; `measured` at the last reconnect; else `assumed`. */
    basis: 'told' | 'measured' | 'assumed';
}

/** What the record tells of one session. */
export interface SessionStatus {
    readonly key: string;
    /** Its place among the colours, from 0; no two sessions that are shown share one while there are enough. */
    readonly colour: number;
    readonly url: string;
    readonly reader: StreamReader;
    readonly phase: Phase;
    /** What the endpoint event named; the session's secret is in it. */
    readonly endpoint: string | undefined;
    readonly retry: RetryDelay;
    /** When it dropped, in milliseconds of the record; undefined unless it is dropped. */
    readonly droppedAt: number | undefined;
    readonly drops: number;
    readonly closed: { reason: CloseReason; detail: string | undefined } | undefined;
}

/** The sessions that a record tells of, side by side in the order of their beginning. */
export interface Sessions {
    list(): SessionStatus[];
    get(key: string): SessionStatus | undefined;
    /** The keys of all of which something is recorded, also of those that are shown no more. */
    readonly recorded: ReadonlySet<string>;
    /** Shows a session no more; its colour is free again. What is recorded of it later does not bring it back. */
    remove(key: string): void;
}

/** How many colours there are; after that they repeat. */
export const COLOURS = 6;

/** What this project's server tells every client; the browser does not show what it was told. */
const ASSUMED_RETRY_MS = 2000;

/** The status after one more entry of that session. */
function nextStatus(status: SessionStatus, entry: WireEntry): SessionStatus {
    switch (entry.kind) {
        case 'connecting': {
            const { url, reader } = entry;
            return { ...status, url, reader, phase: 'connecting', endpoint: undefined, closed: undefined };
        }
        case 'opened': {
            const { droppedAt } = status;
            if (droppedAt === undefined) return status;
            return { ...status, droppedAt: undefined, retry: measured(status, entry.at - droppedAt) };
        }
        case 'event':
            if (entry.event !== 'endpoint') return status;
            return { ...status, phase: entry.data === status.endpoint ? 'resumed' : 'open', endpoint: entry.data };
        case 'retry':
            return { ...status, retry: { ms: entry.ms, basis: 'told' } };
        case 'dropped': {
            const { droppedAt } = status;
            // A stream that could not be opened again drops once more, after the same wait.
            const retry = droppedAt === undefined ? status.retry : measured(status, entry.at - droppedAt);
            return { ...status, phase: 'dropped', droppedAt: entry.at, drops: status.drops + 1, retry };
        }
        case 'closed': {
            const { reason, detail } = entry;
            return { ...status, phase: 'closed', droppedAt: undefined, closed: { reason, detail } };
        }
        default:
            return status;
    }
}

/** Milliseconds until the stream is opened again: 0 when that is due, undefined if there is nothing to wait for. */
export function countdownOf({ droppedAt, retry }: SessionStatus, now: number): number | undefined {
    return droppedAt === undefined ? undefined : Math.max(0, droppedAt + retry.ms - now);
}

export function createSessions(wire: Wire): Sessions {
    const statuses = new Map<string, SessionStatus>();
    const removed = new Set<string>();
    const recorded = new Set<string>();
    const added = (entry: WireEntry): void => {
        recorded.add(entry.session);
        if (removed.has(entry.session)) return;
        const status = statuses.get(entry.session) ?? create(entry.session, freeColour(statuses.values()));
        statuses.set(entry.session, nextStatus(status, entry));
    };
    for (const entry of wire.entries()) added(entry);
    wire.subscribe({ added, cleared: () => recorded.clear() });
    return {
        recorded,
        list: () => [...statuses.values()],
        get: key => statuses.get(key),
        remove(key) {
            statuses.delete(key);
            removed.add(key);
        }
    };
}

function create(key: string, colour: number): SessionStatus {
    return {
        key,
        colour,
        url: '',
        reader: 'native',
        phase: 'connecting',
        endpoint: undefined,
        retry: { ms: ASSUMED_RETRY_MS, basis: 'assumed' },
        droppedAt: undefined,
        drops: 0,
        closed: undefined
    };
}

function freeColour(statuses: Iterable<SessionStatus>): number {
    const uses = new Array<number>(COLOURS).fill(0);
    for (const { colour } of statuses) uses[colour] = (uses[colour] ?? 0) + 1;
    return uses.indexOf(Math.min(...uses));
}

function measured({ retry }: SessionStatus, ms: number): RetryDelay {
    return retry.basis === 'told' ? retry : { ms, basis: 'measured' };
}
