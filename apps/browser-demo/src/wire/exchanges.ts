import type { RpcId } from '../mcp/json-rpc.ts';
import type { Wire } from './wire.ts';
import type { WireEntry } from './wire-entry.ts';

/** A POST with its status, and a request with its reply. On the wire, they are separate entries. */
export interface Exchange {
    readonly session: string;
    /** The side that sent the request: the browser with a POST, the server with an event. */
    readonly from: 'browser' | 'server';
    /** Undefined if it is not a request. */
    readonly id: RpcId | undefined;
    /** Undefined for replies, and for messages that are not JSON-RPC. */
    readonly method: string | undefined;
    /** The first entry. */
    readonly sent: WireEntry;
    /** The entry with the status of the POST. Requests of the server have none. */
    readonly answered: WireEntry | undefined;
    /** The entry with the reply: an event, a JSON body, or a POST for a request of the server. */
    readonly reply: WireEntry | undefined;
}

/** The exchanges in a record, kept up to date. */
export interface Exchanges {
    /** Oldest first. */
    all(): Exchange[];
    /** The exchange to which an entry belongs as request, status or reply. */
    of(seq: number): Exchange | undefined;
}

type Growing = { -readonly [Part in keyof Exchange]: Exchange[Part] };

/** Milliseconds from the request to its reply; undefined while there is none. */
export function latencyOf({ sent, reply }: Exchange): number | undefined {
    return reply && reply.at - sent.at;
}

export function createExchanges(wire: Wire): Exchanges {
    const bySeq = new Map<number, Growing>();
    const byPost = new Map<string, Growing>();
    const byRequest = new Map<string, Growing>();

    const begin = (entry: WireEntry, from: Exchange['from']): Growing => {
        const { rpc, session } = entry;
        const id = rpc?.kind === 'request' ? rpc.id : undefined;
        const method = rpc && 'method' in rpc ? rpc.method : undefined;
        const exchange = { session, from, id, method, sent: entry, answered: undefined, reply: undefined };
        bySeq.set(entry.seq, exchange);
        if (id !== undefined) byRequest.set(requestKey(session, from, id), exchange);
        return exchange;
    };
    const reply = (entry: WireEntry, to: Exchange['from']): void => {
        if (entry.rpc?.kind !== 'result' && entry.rpc?.kind !== 'error') return;
        const exchange = byRequest.get(requestKey(entry.session, to, entry.rpc.id));
        // A replayed reply may arrive twice. The first one counts.
        if (!exchange || exchange.reply) return;
        exchange.reply = entry;
        bySeq.set(entry.seq, exchange);
    };
    const added = (entry: WireEntry): void => {
        if (entry.kind === 'post') {
            byPost.set(postKey(entry), begin(entry, 'browser'));
            reply(entry, 'server');
        } else if (entry.kind === 'answered') {
            const exchange = byPost.get(postKey(entry));
            if (!exchange) return;
            exchange.answered = entry;
            bySeq.set(entry.seq, exchange);
        } else if (entry.kind === 'event' || entry.kind === 'json') {
            if (entry.rpc?.kind === 'request') begin(entry, 'server');
            else reply(entry, 'browser');
        }
    };
    const evicted = (entry: WireEntry): void => {
        const exchange = bySeq.get(entry.seq);
        bySeq.delete(entry.seq);
        if (exchange?.sent !== entry) return;
        const { session, from, id } = exchange;
        if (entry.kind === 'post') byPost.delete(postKey(entry));
        if (id !== undefined && byRequest.get(requestKey(session, from, id)) === exchange) {
            byRequest.delete(requestKey(session, from, id));
        }
    };

    wire.subscribe({
        added,
        evicted,
        cleared() {
            bySeq.clear();
            byPost.clear();
            byRequest.clear();
        }
    });
    return {
        all: () => [...bySeq].flatMap(([seq, exchange]) => (exchange.sent.seq === seq ? [exchange] : [])),
        of: seq => bySeq.get(seq)
    };
}

function postKey({ session, number }: WireEntry & { number: number }): string {
    return `${session} ${number}`;
}

/** JSON distinguishes the ids 1 and "1". */
function requestKey(session: string, from: Exchange['from'], id: RpcId): string {
    return `${session} ${from} ${JSON.stringify(id)}`;
}
