import type { RpcId } from '../mcp/json-rpc.ts';
import type { WireFact } from '../mcp/transport/wire-fact.ts';

/** The kind of the JSON-RPC message in a POST or an event, without its contents. */
export type RpcSummary =
    | { kind: 'request'; id: RpcId; method: string }
    | { kind: 'notification'; method: string }
    | { kind: 'result' | 'error'; id: RpcId };

/** A fact with its place in the record. */
export type WireEntry = WireFact & {
    /** The number of the entry in the record, from 1. Numbers are never reused. */
    seq: number;
    /** The time, in milliseconds of the record's clock. */
    at: number;
    /** The key of the session in this page. The server does not know it. */
    session: string;
    /** The size of the text in bytes: of the whole frame if it is known, otherwise of its data. */
    bytes: number;
    /** Set for POSTs and events that are JSON-RPC. */
    rpc?: RpcSummary;
};

/** The key of a stream: that of GET, or the response to a POST. */
export function streamKeyOf(session: string, post: number | undefined): string {
    return `${session} ${post ?? ''}`;
}

/** The direction of a fact. `here` is what the browser noticed by itself. */
export function directionOf(fact: WireFact): 'to-server' | 'to-browser' | 'here' {
    switch (fact.kind) {
        case 'connecting':
        case 'reconnecting':
        case 'post':
            return 'to-server';
        case 'answered':
            // Without a status, the server sent nothing.
            return fact.status === 0 ? 'here' : 'to-browser';
        case 'opened':
        case 'declined':
        case 'json':
        case 'event':
        case 'comment':
        case 'retry':
            return 'to-browser';
        case 'ended':
            // Without a detail, the server ended it.
            return fact.detail === undefined ? 'to-browser' : 'here';
        default:
            return 'here';
    }
}

/** The text that was sent; empty if there is none. */
export function textOf(fact: WireFact): string {
    switch (fact.kind) {
        case 'post':
            return fact.body;
        case 'event':
        case 'json':
            return fact.data;
        case 'comment':
            return fact.text;
        default:
            return '';
    }
}
