/** Limits of a posted message. */
export interface MessageBounds extends JsonBounds {
    /**
     * Size of the message in bytes.
     * @default 4 MiB
     */
    maxMessageBytes: number;
}

/** Limits of a JSON value. */
export interface JsonBounds {
    /**
     * Levels of nested arrays and objects.
     * @default 64
     */
    maxDepth: number;
    /**
     * Members of objects and elements of arrays. An empty object or array costs as much as a member, and counts as one.
     * @default 10000
     */
    maxMembers: number;
}

export const defaultBounds: Readonly<MessageBounds> = Object.freeze({
    maxMessageBytes: 4 * 1024 * 1024,
    maxDepth: 64,
    maxMembers: 10_000
});

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Checks a JSON text before it is parsed: deep nesting overflows the stack of recursive code, and a small text can make
 * millions of objects. The text need not be valid JSON.
 *
 * @returns an error message for the client, or undefined if the text is within the bounds.
 */
export function findExcess(json: string, bounds: JsonBounds): string | undefined {
    const { maxDepth, maxMembers } = bounds;
    let depth = 0;
    let members = 0;
    for (let at = 0; at < json.length; at++) {
        const code = json.charCodeAt(at);
        if (code === QUOTE) at = findEndOfString(json, at);
        else if (code === COMMA) members++;
        else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
            members++;
            if (++depth > maxDepth) return tooDeep(bounds);
        } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--;
        if (members > maxMembers) return tooManyMembers(bounds);
    }
    return undefined;
}

/** The same check for a parsed value. */
export function findExcessIn(value: unknown, bounds: JsonBounds): string | undefined {
    const { maxDepth, maxMembers } = bounds;
    let members = 0;
    /** Its recursion ends at `maxDepth`. */
    const visit = (each: unknown, depth: number): string | undefined => {
        if (typeof each !== 'object' || each === null) return undefined;
        if (depth > maxDepth) return tooDeep(bounds);
        const values = Array.isArray(each) ? each : Object.values(each);
        members += Math.max(values.length, 1);
        if (members > maxMembers) return tooManyMembers(bounds);
        for (const value of values) {
            const excess = visit(value, depth + 1);
            if (excess !== undefined) return excess;
        }
        return undefined;
    };
    return visit(value, 1);
}

/** The position of the quote that ends the string, or the length of the text if there is none. */
function findEndOfString(json: string, start: number): number {
    const end = json.indexOf('"', start + 1);
    if (end !== -1 && json.charCodeAt(end - 1) !== BACKSLASH) return end;
    // Strings with escapes are rarer. A search for each quote would be slow if every quote is escaped.
    for (let at = start + 1; at < json.length; at++) {
        const code = json.charCodeAt(at);
        if (code === BACKSLASH) at++;
        else if (code === QUOTE) return at;
    }
    return json.length;
}

function tooDeep({ maxDepth }: JsonBounds): string {
    return `The JSON is nested more than ${maxDepth} levels deep; send a flatter value`;
}

function tooManyMembers({ maxMembers }: JsonBounds): string {
    return `The JSON has more than ${maxMembers} members and elements; send fewer`;
}
