import type { Clock } from '../../clock.ts';
import { type Holder, Places } from './places.ts';
import type { Session } from './session.ts';

/** Shortest time between a search that found no idle session and the next search, in milliseconds. */
const SEARCH_AGAIN_MS = 1000;

/**
 * Gives sessions their places, and chooses the session to evict when all places are taken. A session with an open stream
 * or a request in flight is never evicted. The first choice is a session that was not used after `initialize`: the oldest
 * one of the client with the most places. The second choice is the session that has been idle longest, of the client with
 * the most places. A client takes places only from itself and from clients that hold more than it does.
 */
export class SessionPlaces {
    readonly #places: Places;
    readonly #clock: Clock;
    readonly #sessions: ReadonlyMap<string, Session>;
    /** The sessions of each client that have not been used, oldest first. */
    readonly #unused = new Map<Holder, Set<Session>>();
    #searchAgainAt = Number.NEGATIVE_INFINITY;

    constructor(max: number, sessions: ReadonlyMap<string, Session>, clock: Clock) {
        this.#places = new Places(max);
        this.#sessions = sessions;
        this.#clock = clock;
    }

    /** Takes a place for a new session of a client. Evicts another session if necessary; returns undefined if none can be. */
    take(client: string): Holder | undefined {
        if (this.#places.isFull) {
            const session = this.#findUnused(client) ?? this.#findIdle(client);
            session?.end('evicted');
        }
        return this.#places.take(client);
    }

    /** Whether a client holds so many places that it cannot take a reserved one. */
    holdsMany(client: string): boolean {
        return !this.#places.holdsFew(client);
    }

    /** Notes that a session was opened, and may be evicted until it is used. */
    noteUnused(session: Session): void {
        const unused = this.#unused.get(session.holder) ?? new Set();
        this.#unused.set(session.holder, unused);
        unused.add(session);
    }

    noteUsed(session: Session): void {
        const unused = this.#unused.get(session.holder);
        if (unused?.delete(session) && unused.size === 0) this.#unused.delete(session.holder);
    }

    release(session: Session): void {
        this.noteUsed(session);
        this.#places.release(session.holder);
    }

    #findUnused(client: string): Session | undefined {
        let most: Holder | undefined;
        for (const holder of this.#unused.keys()) {
            if (this.#yields(holder, client) && holder.count > (most?.count ?? 0)) most = holder;
        }
        for (const session of (most && this.#unused.get(most)) ?? []) if (!session.isInUse) return session;
        return undefined;
    }

    /** Looks at every session, so after a search without a result the next one has to wait. */
    #findIdle(client: string): Session | undefined {
        const now = this.#clock.now();
        if (now < this.#searchAgainAt) return undefined;
        let found: Session | undefined;
        for (const session of this.#sessions.values()) {
            if (session.isInUse || !this.#yields(session.holder, client)) continue;
            const more = session.holder.count - (found?.holder.count ?? 0);
            if (!found || more > 0 || (more === 0 && session.lastTraffic < found.lastTraffic)) found = session;
        }
        if (!found) this.#searchAgainAt = now + SEARCH_AGAIN_MS;
        return found;
    }

    #yields(holder: Holder, client: string): boolean {
        return holder.name === client || holder.count > this.#places.countOf(client);
    }
}
