import type { RpcId } from '../mcp/json-rpc.ts';
import type { Wire } from './wire.ts';
import type { WireEntry } from './wire-entry.ts';

/** A POST with its status, and a request with its reply: what belongs together on a wire where it comes apart. */
export interface Exchange {
    readonly session: string;
    /** Who asked: a POST is the browser's, an event with a request is the server's. */
    readonly from: 'browser' | 'server';
    /** Undefined for what is no request. */
    readonly id: RpcId | undefined;
    /** Undefined for what is no JSON-RPC, and for replies. */
    readonly method: string | undefined;
    /** The entry with which it begins. */
    readonly sent: WireEntry;
    /** The entry that has the status of the POST; none yet, or never for what the server asks. */
    readonly answered: WireEntry | undefined;
    /** The entry that has the reply: an event, or for the server's request a POST. */
    readonly reply: WireEntry | undefined;
}

/** The exchanges in a record, as they grow. */
export interface Exchanges {
    /** Oldest first. */
    all(): Exchange[];
    /** The exchange that an entry begins, or to which it is the reply or else the status. */
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
        // What is replayed after a drop may come twice; the first is the reply.
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
        } else if (entry.kind === 'event') {
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

    for (const entry of wire.entries()) added(entry);
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

/** JSON tells the ids 1 and "1" apart. */
function requestKey(session: string, from: Exchange['from'], id: RpcId): string {
    return `${session} ${from} ${JSON.stringify(id)}`;
}
