import type { IncomingMessage } from 'node:http';
import { parse } from 'content-type';
import Negotiator from 'negotiator';

type Requested = Pick<IncomingMessage, 'headers'>;

const JSON_TYPE = 'application/json';
const EVENTS_TYPE = 'text/event-stream';
/** A type that a client accepts only if its Accept header has a range, such as `application/*`. */
const ANY_APPLICATION_TYPE = 'application/x-any';
/** Longest `Accept` that is parsed, in characters; browsers send 150. The parser takes more than 10 ms for 15 KB. */
const LONGEST_ACCEPT = 500;
/** The headers that nearly all clients send. They are not parsed. */
const COMMON_ACCEPTS = new Set<string | undefined>(
    [', ', ','].flatMap(comma => [[JSON_TYPE, EVENTS_TYPE].join(comma), [EVENTS_TYPE, JSON_TYPE].join(comma)])
);
/** Both types are UTF-8, so a client may also ask for that charset. */
const OFFERED = [JSON_TYPE, EVENTS_TYPE].flatMap(type => [type, `${type};charset=utf-8`, `${type};charset=utf8`]);
OFFERED.push(ANY_APPLICATION_TYPE);

/** Whether a client accepts an event stream (RFC 9110, section 12.5.1). Without Accept it accepts everything. */
export function acceptsEvents({ headers }: Requested): boolean {
    if (COMMON_ACCEPTS.has(headers.accept) || headers.accept === EVENTS_TYPE) return true;
    return takenBy(headers).has(EVENTS_TYPE);
}

/**
 * Whether a client accepts both events and JSON. `application/*` counts as both: nearly all answers are JSON, and a server
 * may ignore the header (RFC 9110, section 12.5.1).
 */
export function acceptsBoth({ headers }: Requested): boolean {
    if (COMMON_ACCEPTS.has(headers.accept)) return true;
    const taken = takenBy(headers);
    return taken.has(JSON_TYPE) && (taken.has(EVENTS_TYPE) || taken.has(ANY_APPLICATION_TYPE));
}

/** The last header that was parsed; a client sends the same header with each request. */
let last: { accept: string | undefined; taken: ReadonlySet<string | undefined> } | undefined;

/** The offered types that a client accepts, without parameters. */
function takenBy({ accept }: IncomingMessage['headers']): ReadonlySet<string | undefined> {
    if (last && last.accept === accept) return last.taken;
    // A longer header is ignored, which a server may do (RFC 9110, section 12.5.1).
    const isRead = accept !== undefined && accept.length <= LONGEST_ACCEPT;
    const types = isRead ? new Negotiator({ headers: { accept } }).mediaTypes(OFFERED) : OFFERED;
    const taken = new Set(types.map(type => type.split(';')[0]));
    last = { accept, taken };
    return taken;
}

/** Whether a body is JSON in UTF-8 (RFC 8259, section 8.1) without a content encoding. */
export function isJson({ headers }: Requested): boolean {
    const type = headers['content-type'];
    const encoding = headers['content-encoding'];
    if (encoding && encoding.toLowerCase() !== 'identity') return false;
    return type === JSON_TYPE || (type !== undefined && isJsonType(type));
}

/** Node joins repeated headers with commas; each part must be JSON. */
function isJsonType(text: string): boolean {
    for (let start = 0; start <= text.length; ) {
        const { type, parameters, index } = parse(text, { comma: true, start });
        if (type !== JSON_TYPE || !/^(utf-?8)?$/i.test(parameters.charset ?? '')) return false;
        start = index + 1;
    }
    return true;
}
