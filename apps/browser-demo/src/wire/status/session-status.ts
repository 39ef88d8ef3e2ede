import type { Wire } from '../wire.ts';
import type { WireEntry } from '../wire-entry.ts';
import { nextSseStatus } from './sse-status.ts';
import type { SessionStatus } from './status.ts';
import { beginsStreamable, nextStreamableStatus } from './streamable-status.ts';

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

export type { SessionStatus } from './status.ts';

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

function nextStatus(status: SessionStatus, entry: WireEntry): SessionStatus {
    const isStreamable = status.transport === 'streamable' || beginsStreamable(status, entry);
    return isStreamable ? nextStreamableStatus(status, entry) : nextSseStatus(status, entry);
}

function create(key: string, colour: number): SessionStatus {
    return {
        key,
        colour,
        url: '',
        transport: 'sse',
        reader: 'native',
        phase: 'connecting',
        endpoint: undefined,
        sessionId: '',
        retry: { ms: ASSUMED_RETRY_MS, basis: 'assumed' },
        isOpen: false,
        responses: [],
        down: [],
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
