import { STATUS_CODES } from 'node:http';
import type { Words } from '../text.ts';
import type { EventStream } from './event-stream.ts';
import type { Answer, Outgoing } from './request.ts';

/** Longest text that a report shows of one thing, in characters. */
const MAX_SHOWN = 400;

/** Beginning and end of a text. Control characters and those without a shape become visible; line feeds stay. */
function visible(text: string): string {
    const half = MAX_SHOWN / 2;
    const cut = text.length > MAX_SHOWN ? `${text.slice(0, half)} … ${text.slice(-half)}` : text;
    return cut.replace(/[\p{Cc}\p{Cf}]/gu, char => (char === '\n' ? char : escapeChar(char)));
}

function escapeChar(char: string): string {
    const short = JSON.stringify(char).slice(1, -1);
    return short === char ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : short;
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
export function showStream({ status, headers, text }: Pick<EventStream, 'status' | 'headers' | 'text'>): Words {
    if (text !== '') return visible(text);
    const head = showAnswer({ status, headers, body: '', complete: true });
    return { en: `${head}, no bytes`, fr: `${head}, aucun octet` };
}

/** A value as JSON, cut short. */
export function showJson(value: unknown): string {
    return visible(JSON.stringify(value) ?? 'undefined');
}
