import { isRecord, parseJson, prettyJson } from '../../../mcp/json-rpc.ts';
import { frameTextOf } from '../../../wire/frame-text.ts';
import { textOf, type WireEntry } from '../../../wire/wire-entry.ts';

/** What a long text is cut to. */
const LIMIT = { characters: 320, lines: 8 };
/** So much of what is before the first mark is shown with it. */
const BEFORE_MARK = 80;

/** The text that travelled, as a row shows it: without the empty line that ends a frame. */
export function rowTextOf(entry: WireEntry): string {
    const frame = frameTextOf(entry)?.text.replace(/[\r\n]+$/, '') ?? textOf(entry);
    // A frame that holds this beside something else is there twice; each time only with what it is there for.
    if (!/[\r\n]/.test(frame)) return frame;
    if (entry.kind === 'comment') return `: ${entry.text}`;
    return entry.kind === 'retry' ? `retry: ${entry.ms}` : frame;
}

/** The same with its JSON over several lines; undefined if it has none, or none that is worth it. */
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

/** A long text cut short, around the first of the words if that would be missing; undefined if it is not long. */
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

/** A text in pieces: every second one, from the second on, is one of the words, in whatever case. */
export function splitAtWords(text: string, words: readonly string[]): string[] {
    return words.length > 0 ? text.split(patternOf(words)) : [text];
}

/** The longest first, so that of two words with the same beginning the whole is marked. */
function patternOf(words: readonly string[]): RegExp {
    const sorted = [...words].sort((a, b) => b.length - a.length);
    const escaped = sorted.map(word => word.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
    return new RegExp(`(${escaped.join('|')})`, 'gi');
}

/** Where a request goes, short enough for a row: long values of the query, as session ids, are cut to eight characters. */
export function targetOf(url: string, pageUrl: string): string {
    if (!URL.canParse(url)) return url;
    const { origin, pathname, search, host } = new URL(url);
    const query = search.replace(/=([^&]{8})[^&]+/g, '=$1…');
    // Of another server the name is worth its place.
    return `${origin === new URL(pageUrl).origin ? '' : host}${pathname}${query}`;
}
