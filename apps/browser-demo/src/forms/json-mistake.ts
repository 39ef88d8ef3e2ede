/** The place where a text stops being JSON. */
export interface JsonMistake {
    /** In UTF-16 units from the start of the text. */
    offset: number;
    /** Counted from 1. */
    line: number;
    column: number;
    /** The text at the mistake, up to the next space, cut short; empty at the end of the text. */
    found: string;
}

/** What may come next. `first` means: or the end of an empty object or array. */
type Wanted = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma';

const MOST_FOUND = 20;
const SPACE = /[ \t\n\r]*/y;
const TOKEN =
    /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;

/**
 * Finds the first mistake in a text that should be JSON; undefined if there is none. The messages of `JSON.parse` differ
 * between browsers, are in English, and often name no place.
 */
export function findJsonMistake(text: string): JsonMistake | undefined {
    const offset = findOffset(text);
    if (offset === undefined) return undefined;
    const before = text.slice(0, offset).split('\n');
    const [found = ''] = text.slice(offset).match(/^\S*/) ?? [];
    return {
        offset,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        found: found.length > MOST_FOUND ? `${found.slice(0, MOST_FOUND)}…` : found
    };
}

function findOffset(text: string): number | undefined {
    const open: string[] = [];
    let wanted: Wanted = 'value';
    for (let at = 0; ; ) {
        at += match(SPACE, text, at).length;
        if (at === text.length && wanted === 'comma' && open.length === 0) return undefined;
        const token = match(TOKEN, text, at);
        const next: Wanted | undefined = token === '' ? undefined : step(token, wanted, open);
        if (next === undefined) return at;
        wanted = next;
        at += token.length;
    }
}

/** What may come after the token, or undefined if the token is not allowed. Keeps the stack of open brackets. */
function step(token: string, wanted: Wanted, open: string[]): Wanted | undefined {
    const inside = open.at(-1);
    switch (token) {
        case '{':
        case '[':
            if (!wanted.endsWith('value')) return undefined;
            open.push(token);
            return token === '{' ? 'first key' : 'first value';
        case '}':
        case ']': {
            const mayEnd = wanted === 'comma' || wanted === (token === '}' ? 'first key' : 'first value');
            if (!mayEnd || inside !== (token === '}' ? '{' : '[')) return undefined;
            open.pop();
            return 'comma';
        }
        case ',':
            if (wanted !== 'comma' || inside === undefined) return undefined;
            return inside === '{' ? 'key' : 'value';
        case ':':
            return wanted === 'colon' ? 'value' : undefined;
        default:
            if (wanted.endsWith('key')) return token.startsWith('"') ? 'colon' : undefined;
            return wanted.endsWith('value') ? 'comma' : undefined;
    }
}

/** What a sticky pattern matches at an offset. */
function match(pattern: RegExp, text: string, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? '';
}
