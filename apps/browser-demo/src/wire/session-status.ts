import type { CloseReason, StreamReader } from '../mcp/transport/wire-fact.ts';
import type { Wire } from './wire.ts';
import type { WireEntry } from './wire-entry.ts';

/**
 * The state of the stream of a session. `resumed` means open again after a drop, with nothing lost; `unreached`, that a
 * request for it failed before it was ever open.
 */
type Phase = 'connecting' | 'unreached' | 'open' | 'dropped' | 'resumed' | 'closed';

/** How long the browser waits before it opens a dropped stream again, and how the page knows. */
interface RetryDelay {
    ms: number;
    /** `told`: the page has seen `retry:`. `measured`: the time of the last reconnect. `assumed`: neither. */
    basis: 'told' | 'measured' | 'assumed';
}

/** The status of one session, as derived from the record. */
export interface SessionStatus {
    readonly key: string;
    /** The index of its colour, from 0. Visible sessions have different colours while there are enough. */
    readonly colour: number;
    readonly url: string;
    readonly reader: StreamReader;
    readonly phase: Phase;
    /** The endpoint from the endpoint event. It contains the session id, which is secret. */
    readonly endpoint: string | undefined;
    readonly retry: RetryDelay;
    readonly isOpen: boolean;
    /** When the stream dropped, or was last requested in vain, in milliseconds of the record; undefined unless it is down. */
    readonly droppedAt: number | undefined;
    readonly drops: number;
    /** The number of requests since then that got no stream. */
    readonly attempts: number;
    readonly closed: { reason: CloseReason; detail: string | undefined } | undefined;
}

/** The sessions in a record, oldest first. */
export interface Sessions {
    list(): SessionStatus[];
    get(key: string): SessionStatus | undefined;
    /** The keys of all recorded sessions, including removed ones. */
    readonly recorded: ReadonlySet<string>;
    /** Removes a session and frees its colour. Later entries do not bring it back. */
    remove(key: string): void;
}

/** The number of colours. Further sessions repeat them. */
export const COLOURS = 6;

/** The default of this project's server. EventSource does not report the real value. */
const ASSUMED_RETRY_MS = 2000;

/** The status after one more entry. */
function nextStatus(status: SessionStatus, entry: WireEntry): SessionStatus {
    switch (entry.kind) {
        case 'connecting': {
            const { url, reader } = entry;
            return {
                ...status,
                url,
                reader,
                phase: 'connecting',
                isOpen: false,
                attempts: 0,
                endpoint: undefined,
                closed: undefined
            };
        }
        case 'opened': {
            const { droppedAt } = status;
            const open = { ...status, isOpen: true, attempts: 0 };
            if (droppedAt === undefined) return open;
            return { ...open, droppedAt: undefined, retry: measured(status, entry.at - droppedAt) };
        }
        case 'event':
            if (entry.event !== 'endpoint') return status.isOpen ? status : { ...status, isOpen: true };
            return {
                ...status,
                phase: entry.data === status.endpoint ? 'resumed' : 'open',
                isOpen: true,
                endpoint: entry.data
            };
        case 'retry':
            return { ...status, retry: { ms: entry.ms, basis: 'told' } };
        case 'dropped': {
            const { droppedAt, endpoint } = status;
            // A failed attempt to open the stream is recorded as another drop, after the same wait.
            const retry = droppedAt === undefined ? status.retry : measured(status, entry.at - droppedAt);
            const down = { ...status, isOpen: false, droppedAt: entry.at, retry };
            if (status.isOpen) return { ...down, phase: 'dropped', drops: status.drops + 1 };
            const phase = endpoint === undefined ? 'unreached' : 'dropped';
            return { ...down, phase, attempts: status.attempts + 1 };
        }
        case 'closed': {
            const { reason, detail } = entry;
            return { ...status, phase: 'closed', isOpen: false, droppedAt: undefined, closed: { reason, detail } };
        }
        default:
            return status;
    }
}

/** Milliseconds until the stream is opened again: 0 when due, undefined if the stream is not down. */
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
        isOpen: false,
        droppedAt: undefined,
        drops: 0,
        attempts: 0,
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
