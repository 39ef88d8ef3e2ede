import type { IncomingMessage } from 'node:http';

/** A process that requests can be sent to. */
export interface Upstream {
    readonly index: number;
    /** Undefined while it does not run. */
    readonly port: number | undefined;
}

/** How a load balancer chooses. */
export interface Routing {
    /** The processes to try, in this order. */
    choose(req: IncomingMessage, upstreams: readonly Upstream[]): readonly Upstream[];
    /** Called with each answer. */
    learn(req: IncomingMessage, answer: IncomingMessage, upstream: Upstream): void;
}

/** Chooses at random for each request, whatever session it is of. */
export function createRandomRouting(random: () => number): Routing {
    return { choose: (_req, upstreams) => shuffle(upstreams, random), learn() {} };
}

/**
 * Sends each request to the process that opened its session: better than any cookie or hash, since it reads the ids. A new
 * session goes to any process, and so does one whose process is gone.
 */
export function createStickyRouting(random: () => number): Routing {
    const owners = new Map<string, number>();
    return {
        choose(req, upstreams) {
            const shuffled = shuffle(upstreams, random);
            const owner = owners.get(findSession(req) ?? '');
            return shuffled.sort((a, b) => Number(b.index === owner) - Number(a.index === owner));
        },
        learn(req, answer, { index }) {
            const opened = answer.headers['mcp-session-id'];
            if (opened) owners.set(String(opened), index);
            if (req.method !== 'GET' || !req.url?.startsWith('/sse')) return;
            answer.once('data', chunk => {
                const [, session] = /sessionId=([\w-]+)/.exec(String(chunk)) ?? [];
                if (session) owners.set(session, index);
            });
        }
    };
}

function findSession({ headers, url = '' }: IncomingMessage): string | undefined {
    const named = headers['mcp-session-id'] ?? /[?&]sessionId=([\w-]+)/.exec(url)?.[1];
    return named ? String(named) : String(headers['last-event-id'] ?? '').split(':', 1)[0];
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
    return items
        .map(item => ({ item, order: random() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item);
}
