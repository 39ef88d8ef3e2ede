import type { RpcId } from '../json-rpc.ts';

/**
 * By what the page reads a stream. `native` is the browser's EventSource. It tells events by name, id and data, and
 * that it lost the stream; it hides comments (heartbeats), `retry:`, events of names that nobody asked for, the status
 * of a refusal, why it lost the stream, and the text itself. `raw` reads the bytes by `fetch`, and hides nothing.
 */
export type StreamReader = 'native' | 'raw';

/** Why a stream will not be opened again by itself. */
export type CloseReason = 'asked' | 'refused' | 'bad-endpoint' | 'failed';

/**
 * One thing that happened on the wire of one session. It is plain data: it can be kept, written to a file and played
 * again. `raw` is the text exactly as it was received, and only there where the page read the bytes itself.
 */
export type WireFact =
    | { kind: 'connecting'; url: string; reader: StreamReader }
    | { kind: 'opened'; lastEventId: string }
    /** The stream that opened again is of the same session, or of another. */
    | { kind: 'resumed' | 'replaced' }
    /** The stream broke, and is opened again by itself. `detail` says why, if that is known. */
    | { kind: 'dropped'; detail?: string }
    | { kind: 'closed'; reason: CloseReason; detail?: string }
    /**
     * A POST leaves; `number` tells the POSTs of a session apart. `authorization` is the header, never a real one;
     * `idempotencyKey` is the header that marks a retry.
     */
    | { kind: 'post'; number: number; url: string; body: string; authorization?: string; idempotencyKey?: string }
    /** The answer to that POST has come; `status` is 0 if there was none. */
    | { kind: 'answered'; number: number; status: number; statusText: string }
    | { kind: 'event'; event: string; id: string; data: string; raw?: string }
    | { kind: 'comment'; text: string; raw: string }
    | { kind: 'retry'; ms: number; raw: string };

export type WireFactKind = WireFact['kind'];

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
