import type { RequestId } from '@modelcontextprotocol/sdk/types.js';

/**
 * Checks a value that a client has sent. Stops at the first mistake, which limits the time and the length of the message.
 *
 * @param path the name of the value in the message.
 * @returns the mistake as a message for the client, or undefined if there is none.
 */
export type Shape = (value: unknown, path: string) => string | undefined;

export type Members = Record<string, unknown>;

export const string: Shape = (value, path) => (typeof value === 'string' ? undefined : mustBe(path, 'a string', value));

export const number: Shape = (value, path) => (typeof value === 'number' ? undefined : mustBe(path, 'a number', value));

export const boolean: Shape = (value, path) =>
    typeof value === 'boolean' ? undefined : mustBe(path, 'true or false', value);

export const object: Shape = (value, path) => (isObject(value) ? undefined : mustBe(path, 'an object', value));

/** Longest id or progress token, in characters. Replies and notifications repeat it. */
const MAX_ID_LENGTH = 256;
const ID = `a safe integer or a string of at most ${MAX_ID_LENGTH} characters`;

/** Whether a value can be the id of a request. */
export function isId(value: unknown): value is RequestId {
    return typeof value === 'string' ? value.length <= MAX_ID_LENGTH : Number.isSafeInteger(value);
}

export const requestId: Shape = (value, path) => (isId(value) ? undefined : mustBe(path, ID, value));

export const safeInteger: Shape = (value, path) =>
    Number.isSafeInteger(value) ? undefined : mustBe(path, 'a safe integer', value);

/** One of a few strings. */
export function oneOf(...choices: string[]): Shape {
    const expected = `one of ${choices.join(', ')}`;
    return (value, path) => (choices.includes(value as string) ? undefined : mustBe(path, expected, value));
}

/** An array whose elements are all of one shape. */
export function arrayOf(element: Shape): Shape {
    return (value, path) => {
        if (!Array.isArray(value)) return mustBe(path, 'an array', value);
        for (const [index, each] of value.entries()) {
            const problem = element(each, `${path}.${index}`);
            if (problem !== undefined) return problem;
        }
        return undefined;
    };
}

/** An object whose members are all of one shape, whatever their names. */
export function recordOf(member: Shape): Shape {
    return (value, path) => {
        if (!isObject(value)) return mustBe(path, 'an object', value);
        for (const name in value) {
            const problem = member(value[name], `${path}.${shorten(name)}`);
            if (problem !== undefined) return problem;
        }
        return undefined;
    };
}

type Shapes = Readonly<Record<string, Shape>>;

/**
 * An object with certain members; others are allowed. If an optional member is null, it is set to undefined: clients
 * whose language has no `undefined` write an absent member as null.
 */
export function members(required: Shapes, others: Shapes = {}): Shape {
    return (value, path) => {
        if (!isObject(value)) return mustBe(path, 'an object', value);
        for (const name in required) {
            const problem = required[name]?.(value[name], `${path}.${name}`);
            if (problem !== undefined) return problem;
        }
        for (const name in others) {
            const each = value[name];
            if (each === null) value[name] = undefined;
            else if (each !== undefined) {
                const problem = others[name]?.(each, `${path}.${name}`);
                if (problem !== undefined) return problem;
            }
        }
        return undefined;
    };
}

/** An object whose named members may all be absent. */
export function optional(shapes: Shapes): Shape {
    return members({}, shapes);
}

export function isObject(value: unknown): value is Members {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error message for a value of the wrong kind. */
export function mustBe(path: string, expected: string, value: unknown): string {
    return `${path} must be ${expected}, not ${describe(value)}`;
}

/** Cuts text that may be a client's for an error message. @param maxLength the longest text that is kept whole, in characters. */
export function shorten(text: string, maxLength = 40): string {
    return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** Describes a value in a few words. Strings may be secret, so they are not quoted. */
function describe(value: unknown): string {
    if (value === undefined) return 'left out';
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (Array.isArray(value)) return 'an array';
    return typeof value === 'string' ? 'this string' : 'an object';
}
