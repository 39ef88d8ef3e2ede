import type { Clock } from '../../clock.ts';
import { type Holder, Places } from './places.ts';
import type { Session } from './session.ts';

/** After a search in which no session could give way, how long the next one waits; in milliseconds. */
const SEARCH_AGAIN_MS = 1000;

/**
 * Which sessions there are, and which of them gives way when all places are taken. A session in use (with an open
 * stream, or with a request in flight) never gives way. Of the others the order is: sessions that were never used after
 * `initialize`, those of the client that holds most first, then the oldest; after them the session that has been idle
 * for longest, of the client that holds most. A client takes places from clients that hold more than itself, and from
 * itself.
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

    /** Takes a place for a new session of a client, if need be that of another session, which ends. */
    take(client: string): Holder | undefined {
        if (this.#places.isFull) {
            const session = this.#findUnused(client) ?? this.#findIdle(client);
            session?.end('evicted');
        }
        return this.#places.take(client);
    }

    /** Whether a client holds many of the places. */
    holdsMany(client: string): boolean {
        return !this.#places.holdsFew(client);
    }

    /** Notes a session that has been opened, and may give way until it is used. */
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

    /** Looks at every session, and so not at every refusal. */
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
