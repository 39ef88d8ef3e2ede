import { isRecord, parseJson, prettyJson } from '../../../mcp/json-rpc.ts';
import { frameTextOf } from '../../../wire/frame-text.ts';
import { textOf, type WireEntry } from '../../../wire/wire-entry.ts';

/** The length of a shortened text. */
const LIMIT = { characters: 320, lines: 8 };
/** How many characters are shown before the first mark. */
const BEFORE_MARK = 80;

/** The text of a row: what was sent, without the empty line that ends a frame. */
export function rowTextOf(entry: WireEntry): string {
    const frame = frameTextOf(entry)?.text.replace(/[\r\n]+$/, '') ?? textOf(entry);
    // A frame with a comment or `retry:` as well as an event has several rows. Each row shows only its own part.
    if (!/[\r\n]/.test(frame)) return frame;
    if (entry.kind === 'comment') return `: ${entry.text}`;
    return entry.kind === 'retry' ? `retry: ${entry.ms}` : frame;
}

/** The text with indented JSON; undefined unless it is a JSON object or array. */
export function prettyTextOf(entry: WireEntry): string | undefined {
    const data = textOf(entry);
    const value = parseJson(data);
    if (!isRecord(value) && !Array.isArray(value)) return undefined;
    const pretty = prettyJson(value);
    if (entry.kind !== 'event') return pretty;
    const fields = rowTextOf(entry)
        .split(/\r\n|\n|\r/)
        .filter(line => !/^data(:|$)/.test(line));
    return [...fields, `data: ${pretty}`].join('\n');
}

/** A shortened text that includes the first search word; undefined if the text is short. */
export function clamp(text: string, words: readonly string[] = []): string | undefined {
    const lines = text.split('\n', LIMIT.lines + 1);
    const short = lines.slice(0, LIMIT.lines).join('\n').slice(0, LIMIT.characters);
    if (short.length === text.length) return undefined;
    const mark = words.length > 0 ? text.search(patternOf(words)) : -1;
    if (mark === -1 || mark + BEFORE_MARK < short.length) return `${short}…`;
    const from = mark - BEFORE_MARK;
    const end = from + LIMIT.characters;
    return `…${text.slice(from, end)}${end < text.length ? '…' : ''}`;
}

/** Splits a text at the search words, in any case. Every second part, from the second on, is a search word. */
export function splitAtWords(text: string, words: readonly string[]): string[] {
    return words.length > 0 ? text.split(patternOf(words)) : [text];
}

/** The longest word first, so that it is marked as a whole if another word is its beginning. */
function patternOf(words: readonly string[]): RegExp {
    const sorted = [...words].sort((a, b) => b.length - a.length);
    const escaped = sorted.map(word => word.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
    return new RegExp(`(${escaped.join('|')})`, 'gi');
}

/**
 * The target of a request, short enough for a row. Long query values, such as session ids, are cut to eight characters.
 */
export function targetOf(url: string, pageUrl: string): string {
    if (!URL.canParse(url)) return url;
    const { origin, pathname, search, host } = new URL(url);
    const query = search.replace(/=([^&]{8})[^&]+/g, '=$1…');
    // The host is shown for other servers only.
    return `${origin === new URL(pageUrl).origin ? '' : host}${pathname}${query}`;
}
