import { STATUS_CODES } from 'node:http';
import type { EventStream } from './event-stream.ts';
import type { Answer, Outgoing } from './request.ts';

/** Longest text that a report shows of one thing, in characters. */
const MAX_SHOWN = 400;

/** Line ends and other control characters become visible; line feeds stay. */
function visible(text: string): string {
    const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;
    return cut.replaceAll('\r', '\\r').replace(/[^\n\P{Cc}]/gu, char => JSON.stringify(char).slice(1, -1));
}

export function showRequest({ method, url, body }: Outgoing): string {
    const line = `${method} ${url.pathname}${url.search}`;
    return body === undefined ? line : `${line}\n${visible(body)}`;
}

export function showAnswer({ status, headers, body }: Answer): string {
    const type = headers['content-type'];
    const head = `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim() + (type ? `, ${type}` : '');
    if (body === '') return head;
    return `${head}\n${visible(type?.startsWith('text/html') ? readError(body) : body)}`;
}

/** The text of an error page, such as those of Express, without its tags and its stack. */
function readError(html: string): string {
    const text = /<pre>(.*?)<(?:br|\/pre)/s.exec(html)?.[1] ?? html;
    return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

/** The bytes of a stream as they came, or its status line if there were none. */
export function showStream({ status, headers, text }: Pick<EventStream, 'status' | 'headers' | 'text'>): string {
    if (text !== '') return visible(text);
    return `${showAnswer({ status, headers, body: '', complete: true })}, no bytes`;
}

/** A value as JSON, cut short. */
export function showJson(value: unknown): string {
    return visible(JSON.stringify(value) ?? 'undefined');
}
