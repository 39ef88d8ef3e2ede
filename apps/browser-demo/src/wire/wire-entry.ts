import type { RpcId } from '../mcp/json-rpc.ts';
import type { WireFact } from '../mcp/transport/wire-fact.ts';

/** What the JSON-RPC message in a POST or an event is, without what it holds. */
export type RpcSummary =
    | { kind: 'request'; id: RpcId; method: string }
    | { kind: 'notification'; method: string }
    | { kind: 'result' | 'error'; id: RpcId };

/** A fact in its place in the record. */
export type WireEntry = WireFact & {
    /** Its number in the record, from 1; never used again. */
    seq: number;
    /** When it happened, in milliseconds of the record's clock. */
    at: number;
    /** The key of the session in this page; the server does not know it. */
    session: string;
    /** Size in bytes of the text that travelled; of a frame as it was received where that is known, else of its data. */
    bytes: number;
    /** Only for POSTs and events, and only if they are JSON-RPC. */
    rpc?: RpcSummary;
};

/** Which way it went; what the browser learned by itself went neither. */
export function directionOf(fact: WireFact): 'to-server' | 'to-browser' | 'here' {
    switch (fact.kind) {
        case 'connecting':
        case 'post':
            return 'to-server';
        case 'answered':
            // Without a status, nothing came back.
            return fact.status === 0 ? 'here' : 'to-browser';
        case 'opened':
        case 'event':
        case 'comment':
        case 'retry':
            return 'to-browser';
        default:
            return 'here';
    }
}

/** The text that travelled; empty for what has none. */
export function textOf(fact: WireFact): string {
    switch (fact.kind) {
        case 'post':
            return fact.body;
        case 'event':
            return fact.data;
        case 'comment':
            return fact.text;
        default:
            return '';
    }
}
