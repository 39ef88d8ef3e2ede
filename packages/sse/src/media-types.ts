import type { IncomingMessage } from 'node:http';
import { parse } from 'content-type';
import Negotiator from 'negotiator';

type Requested = Pick<IncomingMessage, 'headers'>;

const JSON_TYPE = 'application/json';
const EVENTS_TYPE = 'text/event-stream';
/** A type that a client takes only by a range. */
const ANY_APPLICATION_TYPE = 'application/x-any';
/** What nearly all clients send: read without a parser. */
const COMMON_ACCEPTS = new Set<string | undefined>([`${JSON_TYPE}, ${EVENTS_TYPE}`, `${EVENTS_TYPE}, ${JSON_TYPE}`]);
/** Both are UTF-8, so that a client may ask for that by name. */
const CHARSETS = ['', ';charset=utf-8', ';charset=utf8'];

/** Whether the sender of a request takes events in answer (RFC 9110, section 12.5.1); without Accept it takes anything. */
export function acceptsEvents({ headers }: Requested): boolean {
    return COMMON_ACCEPTS.has(headers.accept) || headers.accept === EVENTS_TYPE || accepts(headers, EVENTS_TYPE);
}

/**
 * Whether it takes events and JSON in answer. `application/*` names no type, and counts as anything: nearly all answers
 * are JSON, and a server may disregard the header (RFC 9110, section 12.5.1).
 */
export function acceptsBoth({ headers }: Requested): boolean {
    if (COMMON_ACCEPTS.has(headers.accept)) return true;
    return accepts(headers, JSON_TYPE) && (accepts(headers, EVENTS_TYPE) || accepts(headers, ANY_APPLICATION_TYPE));
}

function accepts({ accept }: IncomingMessage['headers'], type: string): boolean {
    if (accept === undefined) return true;
    const offered = CHARSETS.map(charset => type + charset);
    return new Negotiator({ headers: { accept } }).mediaType(offered) !== undefined;
}

/** Whether a body is JSON in UTF-8 (RFC 8259, section 8.1) without a content encoding. */
export function isJson({ headers }: Requested): boolean {
    const type = headers['content-type'];
    const encoding = headers['content-encoding'];
    if (encoding && encoding.toLowerCase() !== 'identity') return false;
    return type === JSON_TYPE || (type !== undefined && isJsonType(type));
}

/** Of several headers that were joined to one, each must be of JSON. */
function isJsonType(text: string): boolean {
    for (let start = 0; start <= text.length; ) {
        const { type, parameters, index } = parse(text, { comma: true, start });
        if (type !== JSON_TYPE || !/^(utf-?8)?$/i.test(parameters.charset ?? '')) return false;
        start = index + 1;
    }
    return true;
}
