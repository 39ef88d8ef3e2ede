import { type Acceptance, type Broker, BrokerUnavailable } from '../../src/broker/broker.ts';
import { CREDENTIAL, toPost } from './test-hub.ts';

const RETRY_MS = 20;

/** A test that has failed calls no longer. */
const GIVE_UP_MS = 30_000;

/** Calls again while the broker is not available. */
export async function persist<T>(call: () => Promise<T>): Promise<T> {
    for (const end = Date.now() + GIVE_UP_MS; ; ) {
        try {
            return await call();
        } catch (error) {
            if (!(error instanceof BrokerUnavailable) || Date.now() > end) throw error;
            await new Promise(resolve => setTimeout(resolve, RETRY_MS));
        }
    }
}

/** The least that a server process does: it answers the requests of sessions that it owns, or that have no owner. */
export class Worker {
    readonly #broker: Broker;
    readonly #owned = new Map<string, { fence: number; after: number }>();
    /** The work of each session, one piece after the other. */
    readonly #work = new Map<string, Promise<void>>();
    lost = 0;
    /** Set before its broker is closed. What it still does may fail then. */
    isClosed = false;

    constructor(broker: Broker) {
        this.#broker = broker;
        broker.onLost(loss => {
            if (loss === 'wakes') return;
            this.lost += 1;
            this.#owned.clear();
        });
        broker.onWake((sessionId, cause) => {
            if (cause === 'inbox' || cause === 'orphaned') this.#do(sessionId, () => this.#answer(sessionId));
        });
    }

    async open(sessionId: string): Promise<void> {
        await persist(() => this.#broker.open({ id: sessionId, transport: 'sse', credential: CREDENTIAL }));
        this.#owned.set(sessionId, { fence: 1, after: 0 });
    }

    /** Posts a request until it is accepted, as a client does. Returns what became of it. */
    async post(sessionId: string, request: number): Promise<Acceptance['kind']> {
        const acceptance = await persist(() =>
            this.#broker.accept(sessionId, CREDENTIAL, toPost(request, `request ${request}`, 'key'))
        );
        if (acceptance.kind === 'accepted' && acceptance.taken) this.#do(sessionId, () => this.#answer(sessionId));
        return acceptance.kind;
    }

    #do(sessionId: string, piece: () => Promise<void>): void {
        const done = (this.#work.get(sessionId) ?? Promise.resolve()).then(piece).catch(error => {
            if (!this.isClosed) throw error;
        });
        this.#work.set(sessionId, done);
    }

    async #answer(sessionId: string): Promise<void> {
        let owned = this.#owned.get(sessionId);
        if (!owned) {
            const claim = await persist(() => this.#broker.claim(sessionId));
            if (!claim) return;
            owned = { fence: claim.fence, after: 0 };
            this.#owned.set(sessionId, owned);
        }
        const { fence, after } = owned;
        const entries = await persist(() => this.#broker.takeInbox(sessionId, fence, after));
        if (entries === 'fenced') {
            this.#owned.delete(sessionId);
            return;
        }
        for (const { entry, json } of entries) {
            const event = { stream: 0, json: `answer to ${json}`, settles: entry };
            const outcome = await persist(() => this.#broker.append(sessionId, fence, event));
            if (outcome === 'fenced') {
                this.#owned.delete(sessionId);
                return;
            }
            owned.after = entry;
        }
    }
}
