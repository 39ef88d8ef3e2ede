import type { RequestId } from '@modelcontextprotocol/sdk/types.js';

/**
 * Keeps the sessions of any number of server processes, and wakes the process that has something to do. A broker knows
 * nothing of HTTP and of MCP servers.
 *
 * At each time, at most one process owns a session and runs its MCP server. A process that takes a session over gets a
 * higher fence, and from then on what the former owner writes is refused. An owner is gone when its process has not
 * reported for `leaseMs`.
 *
 * Every method may reject with `BrokerUnavailable`. It is then not known whether the step was taken. When the broker is
 * available again, it wakes the process once more for each session whose `claim`, `takeInbox`, `read` or `holds` was
 * rejected, or whose `accept` may have been done.
 */
export interface Broker extends AsyncDisposable {
    /** The name of this process among those that share the broker. */
    readonly processId: string;
    /**
     * Until when this process may act for its sessions, in milliseconds of `performance.now()`. To be compared before each
     * write to a client, also after a reply of the broker: if this process was stopped, the reply may be old.
     */
    readonly leaseEnds: number;
    /**
     * Called when another process, or this one, has left something to do for this process. `events` and `superseded` come
     * with the number of the stream.
     */
    onWake(listener: WakeListener): void;
    /** Called when something is lost that this process relies on, before any wake that comes later. */
    onLost(listener: (loss: Loss) => void): void;
    /**
     * Called for each other process that is gone since the last report of this one: its lease has ended, or it has left.
     * After a report that was late the next one decides, since the others may be as late. So a process may come back, and
     * one whose sessions were claimed meanwhile is fenced.
     */
    onGone(listener: (processId: string) => void): void;
    /** Whether commands would be run now. */
    readonly isAvailable: boolean;
    /** Why this process cannot do all its work now, for operators and without secrets; undefined if it can. */
    readonly whyUnavailable: string | undefined;
    /** What operators should change about Redis, as sentences without secrets. */
    readonly warnings: readonly string[];

    /**
     * Adds a session that this process owns, with fence 1. May be repeated after `BrokerUnavailable`.
     *
     * When all places are taken, it ends the oldest session of Streamable HTTP that was not used after its first POST, with
     * the reason `evicted`: one of the same client or of a client with more sessions, without a message that waits and
     * without a holder.
     */
    open(session: NewSession): Promise<'opened' | 'too-many-sessions'>;
    /** Finds a session. Undefined if there is none, or if it was opened with another credential. */
    find(sessionId: string, credential: string): Promise<SessionRecord | undefined>;
    /**
     * Makes this process the owner, if there is no other whose lease has not ended. Returns undefined if there is one, or
     * if there is no such session.
     */
    claim(sessionId: string): Promise<Claim | undefined>;
    /**
     * Makes the session free for any process; the opposite of `claim`. If another process that is alive holds stream 0, it
     * is woken with `orphaned`. If not, but messages wait, any other process is.
     */
    release(sessionId: string, fence: number): Promise<void>;
    /** Replaces what the next owner has to know of the session. */
    save(sessionId: string, fence: number, state: SessionState): Promise<WriteOutcome>;
    /** Ends a session and removes what is kept for it. The reason is kept for a minute. */
    end(sessionId: string, reason: string): Promise<void>;
    /**
     * In one step: ends a session if no process that is alive holds one of its streams.
     *
     * @param ifLast only if this process was the last to give up stream 0, and no other has held it since.
     */
    endIfUnheld(sessionId: string, reason: string, ifLast?: boolean): Promise<'ended' | 'held' | 'unknown'>;

    /**
     * In one step: recognizes a repeated POST, or keeps the messages of a new one for the owner and wakes it. A request that
     * one of them cancels is settled at once, and the holder of its stream is woken, also if that is this process.
     */
    accept(sessionId: string, credential: string, post: NewPost): Promise<Acceptance>;
    /**
     * The messages that are not settled, oldest first, whose number is over `after`: the last one that this owner has, or 0.
     * They count as taken by this owner. If they have `TAKE_BYTES` bytes or more, there may be others after them.
     */
    takeInbox(sessionId: string, fence: number, after: number): Promise<readonly InboxEntry[] | 'fenced'>;
    /**
     * In one step: adds an event at the next position of a stream, settles a request, and wakes the holder of the stream,
     * unless that is this process. Returns the position. Adds nothing and returns `settled` if the request is settled
     * already, or if the stream has ended. So a reply can be appended again after `BrokerUnavailable`, and so can any event
     * with its `position`.
     */
    append(sessionId: string, fence: number, event: NewEvent): Promise<number | 'fenced' | 'settled'>;
    /** Settles messages that get no reply: notifications and replies of the client. */
    settle(sessionId: string, fence: number, entries: readonly number[]): Promise<WriteOutcome>;

    /**
     * Makes this process the holder of a stream, whose events wake it. The former holder is woken with `superseded`; it may
     * be the holder again by then. Returns `unknown` and does nothing if there is no such session, or if the stream was
     * never opened or has ended; its events may still be there for `read`.
     */
    hold(sessionId: string, stream: number): Promise<'unknown' | Hold>;
    /**
     * Gives up a stream, if this process holds it. The events of a stream without a holder wake no process.
     *
     * @param position the last event that was sent.
     */
    unhold(sessionId: string, stream: number, position: number): Promise<void>;
    /** The owner of the session, if this process is the holder of that stream; undefined if it is not. */
    holds(sessionId: string, stream: number): Promise<Pick<Hold, 'owner'> | undefined>;
    /** The events after a position, oldest first, at most `limit`. */
    read(sessionId: string, stream: number, after: number, limit: number): Promise<Reading>;
}

/** Redis, or whatever keeps the state, did not answer in time, or has refused a command. */
export class BrokerUnavailable extends Error {
    override name = 'BrokerUnavailable';
}

/**
 * Why a process is woken:
 *
 * - `inbox`: a session that it owns has new messages.
 * - `events`: a stream that it holds has new events.
 * - `superseded`: another process holds that stream now.
 * - `orphaned`: the session has no owner, and this process should claim it.
 * - `left`: the process that held stream 0 of a session of HTTP+SSE is gone; this one ends the session if its client does
 *   not come back.
 * - `claimed`: another process has claimed a session of this one.
 * - `ended`: the session has ended.
 */
export type WakeCause = 'inbox' | 'events' | 'superseded' | 'orphaned' | 'left' | 'claimed' | 'ended';

/**
 * `all`: Redis was emptied or restored from an older copy. All sessions have ended, and the process drops all that it has.
 * `wakes`: the process was away for so long that its wakes are gone, and nothing else. It has to look at all that it has,
 * since other processes may have taken it over.
 */
export type Loss = 'all' | 'wakes';

export type WakeListener = (sessionId: string, cause: WakeCause, stream?: number) => void;

export interface NewSession {
    id: string;
    transport: 'sse' | 'streamable-http';
    /** Digest of the credential, never the credential itself; empty if there is none. */
    credential: string;
    /** Digest of what the client is known by, without spaces. Sessions without it are those of one client. */
    client?: string;
    /** Whether this process holds stream 0 from the beginning. */
    holds?: boolean;
}

/** What the next owner has to know to make the session's MCP server again. */
export interface SessionState {
    /** The client's `initialize` request as JSON; undefined before it has come. */
    initialize?: string;
    /** Requests that set a state and can be sent to a new server again, as JSON: subscriptions and the log level. */
    settings: readonly string[];
    /** The revision of MCP that the server has chosen; undefined before that. */
    protocolVersion?: string;
}

export interface SessionRecord extends Pick<SessionState, 'protocolVersion'> {
    id: string;
    transport: NewSession['transport'];
    /** The process that owns the session; undefined if none does or its lease has ended. */
    owner: string | undefined;
    fence: number;
}

export interface Claim {
    fence: number;
    record: SessionRecord;
    state: SessionState;
    /** The last position of each stream that has events and has not ended. */
    positions: ReadonlyMap<number, number>;
}

/** What a process learns when it becomes the holder of a stream. */
export interface Hold {
    /** The owner of the session; undefined if it has none, or if its lease has ended. */
    owner: string | undefined;
    /** The last event of stream 0 that a former holder has sent; 0 of other streams. */
    position: number;
}

/** `fenced` if another process owns the session now, or if the session has ended. */
export type WriteOutcome = 'written' | 'fenced';

/** A POST with one or more messages. */
export interface NewPost {
    /** Each message as JSON, with the id of a request, and the id of the request that a notification cancels. */
    messages: readonly { json: string; id?: RequestId; cancels?: RequestId }[];
    /** Digest of the content, without spaces. */
    content: string;
    /** Digest of the content and the idempotency key, without spaces; without a key the same as `content`. */
    name: string;
    /** Whether a new stream answers the POST, as in Streamable HTTP. This process holds it; its number is in the acceptance. */
    opensStream: boolean;
    /** Whether to remember the POST after it is answered, so that it does not run twice. */
    isRemembered: boolean;
}

/**
 * What became of a POST. `stream` is the stream of its answer: of the first POST, if this one repeats it. 0 is the stream of
 * the session itself.
 *
 * `taken` is there if this process owns the session and has taken all that came before. It then runs the messages without
 * `takeInbox`: their numbers are `firstEntry` and those that follow. If `firstEntry` is not the next number that it
 * expects, a reply of the broker was lost, and it has to call `takeInbox`.
 *
 * `outcome-unknown`: the POST is marked as a retry, and the session no longer knows whether it ran.
 */
export type Acceptance =
    | { kind: 'accepted'; stream: number; taken?: { fence: number; firstEntry: number } }
    | { kind: 'repeated'; stream: number }
    | { kind: 'id-in-flight'; id: RequestId }
    | { kind: 'unknown-session'; reason?: string }
    | { kind: 'too-many-requests' | 'outcome-unknown' };

export interface InboxEntry {
    /** Its number in the inbox. */
    entry: number;
    json: string;
    /** The stream of its answer. */
    stream: number;
    /** How many owners have taken it before. If it is over 0, one of them may have run it. */
    attempts: number;
}

export interface NewEvent {
    stream: number;
    json: string;
    /** The inbox entry that the event answers. */
    settles?: number;
    /** The position that the event should get. If the stream has it already, nothing is added, and it is returned. */
    position?: number;
}

/**
 * `last` is the last position of the stream. If `ended`, no more events will come: all requests of its POST are settled; if
 * all were cancelled, it may have no event. `trimmed` if events after the position are no longer kept, `future` if the stream
 * never had that position, `unknown` if there is no such session, or the stream was never opened.
 */
export type Reading =
    | { events: readonly { position: number; json: string }[]; last: number; ended: boolean }
    | 'trimmed'
    | 'future'
    | 'unknown';
