import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../limits.ts';
import type { Observer } from '../observer.ts';
import type { ResolvedOptions } from '../options.ts';
import type { McpRequest } from '../types.ts';
import { STREAM_HEADERS, type StreamHeaders } from '../wire/framing.ts';
import type { Session } from './session.ts';
import type { SessionContext, SessionIdentity } from './session-context.ts';
import { SessionPlaces } from './session-places.ts';

/** The sessions of one server: adds, finds, counts and ends them. */
export class SessionStore implements SessionContext {
    readonly options: ResolvedOptions;
    readonly limits: Limits;
    readonly clock: Clock;
    readonly observer: Observer;
    readonly sseHeaders: StreamHeaders;
    readonly #sessions = new Map<string, Session>();
    readonly #places: SessionPlaces;
    readonly #streams = new Set<ServerResponse>();
    #isDraining = false;

    constructor(options: ResolvedOptions) {
        this.options = options;
        this.limits = options.limits;
        this.clock = options.clock;
        this.observer = options.observer;
        this.sseHeaders = { ...STREAM_HEADERS, ...options.headers };
        this.#places = new SessionPlaces(this.limits.maxSessions, this.#sessions, this.clock);
    }

    get size(): number {
        return this.#sessions.size;
    }

    get openStreams(): number {
        return this.#streams.size;
    }

    get bufferedBytes(): number {
        let bytes = 0;
        for (const session of this.#sessions.values()) bytes += session.bufferedBytes;
        return bytes;
    }

    get isDraining(): boolean {
        return this.#isDraining;
    }

    /** Finds the session with that id and of that class. Undefined if the request does not have the credential that opened it. */
    find<Kind extends Session>(
        id: string,
        req: McpRequest,
        kind: abstract new (...args: never[]) => Kind
    ): Kind | undefined {
        const session = this.#sessions.get(id);
        const isFound = session instanceof kind && session.credential === this.options.credentialOf(req);
        return isFound ? session : undefined;
    }

    /** Adds a session for the client of a request. Returns undefined if the server is draining or has no place. */
    add<Kind extends Session>(req: McpRequest, create: (identity: SessionIdentity) => Kind): Kind | undefined {
        const holder = this.#isDraining ? undefined : this.#places.take(this.options.clientOf(req));
        if (!holder) return undefined;
        const credential = this.options.credentialOf(req);
        const session = create({ id: this.options.newSessionId(), holder, authInfo: req.auth, credential });
        this.#sessions.set(session.id, session);
        return session;
    }

    /** Whether the client of a request has so many sessions that it cannot take a reserved place. */
    holdsMany(req: McpRequest): boolean {
        return this.#places.holdsMany(this.options.clientOf(req));
    }

    /** Notes that a session is open, and may be evicted until it is used. */
    noteUnused(session: Session): void {
        this.#places.noteUnused(session);
    }

    onUsed(sessionId: string): void {
        const session = this.#sessions.get(sessionId);
        if (session) this.#places.noteUsed(session);
    }

    onStream(res: ServerResponse): void {
        this.#streams.add(res);
        res.on('close', () => this.#streams.delete(res));
    }

    onClosed(sessionId: string): void {
        const session = this.#sessions.get(sessionId);
        this.#sessions.delete(sessionId);
        if (session) this.#places.release(session);
    }

    /** Ends each session when its requests are answered. Resolves when all streams have closed or the time is up. */
    async drain(timeoutMs: number): Promise<void> {
        this.#isDraining = true;
        let cancel = () => {};
        const timeUp = new Promise<void>(resolve => {
            cancel = this.clock.schedule(resolve, timeoutMs);
        });
        const finish = async (session: Session) => {
            await Promise.race([session.settled(), timeUp]);
            session.end('drained');
        };
        await Promise.all([...this.#sessions.values()].map(finish));
        const closed = [...this.#streams].map(res => new Promise<void>(resolve => res.once('close', resolve)));
        await Promise.race([Promise.all(closed), timeUp]);
        for (const res of this.#streams) res.destroy();
        cancel();
    }

    /** Ends every session and stream at once. */
    close(): void {
        this.#isDraining = true;
        for (const session of this.#sessions.values()) session.end('closed');
        for (const res of this.#streams) res.destroy();
    }
}
