import { CONNECTIONS } from '../mcp/transport/stream-limit.ts';
import type { Exchange, Exchanges } from '../wire/exchanges.ts';
import type { WireEntry } from '../wire/wire-entry.ts';

/** What a step can wait for: an entry of the record, or the replay of a transcript. */
export type Happening = WireEntry | { kind: 'replay' };

/** Returns true for the happening that completes what a step waits for. Called with each one, in order. */
export type Watch = (happening: Happening) => boolean;

/** Begins to watch a record, from its first entry. */
export type Watcher = (exchanges: Exchanges) => Watch;

/** A slow reader is recognized by so many calls that wait at the same time. */
const MANY_CALLS = 3;

/** `count` sessions completed the handshake. */
export function initialized(count = 1): Watcher {
    return exchanges => {
        const sessions = new Set<string>();
        return happening => {
            const exchange = exchangeOf(exchanges, happening);
            if (exchange?.method !== 'notifications/initialized' || !isAccepted(exchange)) return false;
            return sessions.add(exchange.session).size >= count;
        };
    };
}

/** `count` sessions sent a request with this method and got the reply in this way. */
export function replied(method: string, way: 'stream' | 'response', count = 1): Watcher {
    return exchanges => {
        const sessions = new Set<string>();
        return happening => {
            const exchange = exchangeOf(exchanges, happening);
            if (exchange?.method !== method || !isAccepted(exchange) || wayOf(exchange.reply) !== way) return false;
            return sessions.add(exchange.session).size >= count;
        };
    };
}

/** Calls were accepted and waited together, then all got their replies. */
export const stalled: Watcher = exchanges => {
    const waiting = new Set<Exchange>();
    let most = 0;
    return happening => {
        const exchange = exchangeOf(exchanges, happening);
        if (exchange?.method !== 'tools/call' || happening.kind === 'replay') return false;
        const { reply } = exchange;
        const isEarly = !reply || reply.seq > happening.seq;
        if (happening.kind === 'answered' && happening.status === 202 && isEarly) waiting.add(exchange);
        most = Math.max(most, waiting.size);
        return reply?.seq === happening.seq && waiting.delete(exchange) && waiting.size === 0 && most >= MANY_CALLS;
    };
};

/** The server reported that a resource has changed, and the page read a resource after that. */
export const updated: Watcher = exchanges => {
    const sessions = new Set<string>();
    return happening => {
        if (happening.kind !== 'event') return false;
        const { rpc, session } = happening;
        if (rpc?.kind === 'notification' && rpc.method === 'notifications/resources/updated') sessions.add(session);
        const exchange = exchangeOf(exchanges, happening);
        return exchange?.method === 'resources/read' && exchange.reply === happening && sessions.has(session);
    };
};

/** A stream of GET broke, and was opened again with `Last-Event-ID` for the same session. */
export const resumed: Watcher = () => {
    const sessions = new Set<string>();
    return happening => {
        if (happening.kind === 'opened' && happening.post === undefined && happening.lastEventId !== '') {
            sessions.add(happening.session);
        }
        return happening.kind === 'resumed' && sessions.has(happening.session);
    };
};

/** A POST got no answer, and its session continued later. */
export const survived: Watcher = () => {
    const sessions = new Set<string>();
    return happening => {
        if (happening.kind === 'answered' && happening.status === 0) sessions.add(happening.session);
        return (happening.kind === 'resumed' || happening.kind === 'replaced') && sessions.has(happening.session);
    };
};

/** A POST was sent while streams kept all connections of the browser to the server, and was answered. */
export const queued: Watcher = exchanges => {
    /** The origin of each session whose stream is open or wanted. */
    const streams = new Map<string, string>();
    const waiting = new Set<Exchange>();
    return happening => {
        if (happening.kind === 'connecting') streams.set(happening.session, new URL(happening.url).origin);
        if (happening.kind === 'closed') streams.delete(happening.session);
        const exchange = exchangeOf(exchanges, happening);
        if (!exchange) return false;
        if (exchange.sent === happening && happening.kind === 'post') {
            const { origin } = new URL(happening.url);
            const held = [...streams.values()].filter(other => other === origin);
            if (held.length >= CONNECTIONS) waiting.add(exchange);
        }
        return exchange.answered === happening && isAccepted(exchange) && waiting.has(exchange);
    };
};

export const replayed: Watcher = () => happening => happening.kind === 'replay';

function exchangeOf(exchanges: Exchanges, happening: Happening): Exchange | undefined {
    return happening.kind === 'replay' ? undefined : exchanges.of(happening.seq);
}

function isAccepted({ answered }: Exchange): boolean {
    return answered?.kind === 'answered' && answered.status >= 200 && answered.status < 300;
}

/** A reply comes on the stream of GET, or in the response to its POST. */
function wayOf(reply: WireEntry | undefined): 'stream' | 'response' | undefined {
    if (reply?.kind === 'json') return 'response';
    if (reply?.kind !== 'event') return undefined;
    return reply.post === undefined ? 'stream' : 'response';
}
