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

/** The headers that each request has; the others are what a check is about. */
const USUAL = ['accept', 'content-type'];

export function showRequest({ method, url, headers = {}, body }: Outgoing): string {
    const shown = Object.entries(headers).filter(([name]) => !USUAL.includes(name.toLowerCase()));
    const lines = shown.map(([name, value]) => `${name}: ${hideSecret(name, value)}`);
    const start = [`${method} ${url.pathname}${url.search}`, ...lines].join('\n');
    return body === undefined ? start : `${start}\n${visible(body)}`;
}

/** Of a credential, what is not secret: its scheme, or the name of the cookie. */
function hideSecret(name: string, value: string): string {
    return /^(?:authorization|cookie)$/i.test(name) ? value.replace(/(?<=[ =]).+/, '…') : value;
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
