import type { Headers } from '../mcp/transport/wire-fact.ts';
import type { WireEntry } from './wire-entry.ts';

/** The header fields of a request or of a response, as far as the page knows them. */
export interface HeaderGroup {
    side: 'request' | 'response';
    fields: readonly [name: string, value: string][];
    /**
     * What is missing. `added`: the browser adds fields to the request. `exposed`: the browser may keep back fields of
     * the response. `hidden`: EventSource shows none.
     */
    note: 'added' | 'exposed' | 'hidden';
}

/** @param answer the entry with the status of a POST, which is shown in the same row. */
export function headersOf(entry: WireEntry, answer?: WireEntry): HeaderGroup[] {
    switch (entry.kind) {
        case 'connecting':
            return [sent(entry.headers ?? streamHeaders(''))];
        case 'reconnecting':
            return [sent(entry.headers ?? streamHeaders(entry.lastEventId))];
        case 'post':
            return [sent(entry.headers ?? postHeaders(entry)), ...(answer ? headersOf(answer) : [])];
        case 'opened':
            return [received(entry.headers)];
        case 'answered':
        case 'declined':
            return entry.headers ? [received(entry.headers)] : [];
        default:
            return [];
    }
}

function sent(headers: Headers): HeaderGroup {
    return { side: 'request', fields: Object.entries(headers), note: 'added' };
}

function received(headers: Headers | undefined): HeaderGroup {
    return { side: 'response', fields: Object.entries(headers ?? {}), note: headers ? 'exposed' : 'hidden' };
}

/** The fields that the HTML standard prescribes, besides those about caches. */
function streamHeaders(lastEventId: string): Headers {
    return { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) };
}

/** The fields that the page sent before records had them. */
function postHeaders({ authorization, idempotencyKey }: WireEntry & { kind: 'post' }): Headers {
    return {
        'content-type': 'application/json',
        ...(authorization !== undefined && { authorization }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey })
    };
}
