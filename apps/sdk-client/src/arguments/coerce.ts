import { type CliError, usageError } from '../errors/cli-error.ts';
import { choicesOf, type Schema, typeOf, typesOf } from './schema.ts';

/**
 * Converts text to the type that a schema asks for.
 *
 * @param name the argument's name, for errors.
 * @param root the schema that local references are looked up in.
 * @throws {CliError} with code `usage`, with the type that is expected.
 */
export function coerce(name: string, text: string, schema: Schema, root: Schema): unknown {
    const choices = choicesOf(schema, root);
    if (choices) return choose(name, text, choices);
    const types = typesOf(schema, root);
    const [type, ...others] = types;
    if (others.length === 0) {
        if (type === 'string') return text;
        if (type === 'number' || type === 'integer') return parseNumber(name, text.trim(), type === 'integer');
        if (type === 'boolean') return parseBoolean(name, text.trim());
    }
    if (types.length === 0) return parseJson(name, text);
    return parseOneOf(name, text, types);
}

/** @throws {CliError} with code `usage`. */
export function parseJson(name: string, text: string, expected = 'JSON'): unknown {
    try {
        return JSON.parse(text);
    } catch {
        throw mustBe(name, expected, text);
    }
}

function choose(name: string, text: string, choices: readonly unknown[]): unknown {
    const index = choices.findIndex(choice => toText(choice) === text);
    if (index !== -1) return choices[index];
    const expected = choices.map(toText).join(', ');
    throw mustBe(name, choices.length === 1 ? expected : `one of ${expected}`, text);
}

/** Formats a choice the way a user types it. */
export function toText(choice: unknown): string {
    return typeof choice === 'string' ? choice : JSON.stringify(choice);
}

/** Parses JSON of one of the types. If a string is allowed, other text is taken as a string. */
function parseOneOf(name: string, text: string, types: readonly string[]): unknown {
    const expected = `JSON of type ${types.join(' or ')}`;
    try {
        const value = parseJson(name, text, expected);
        const isWhole = types.includes('integer') && Number.isInteger(value);
        if (types.includes(typeOf(value)) || isWhole) return value;
    } catch (error) {
        if (!types.includes('string')) throw error;
    }
    if (types.includes('string')) return text;
    throw mustBe(name, expected, text);
}

function parseNumber(name: string, text: string, isInteger: boolean): number {
    const expected = isInteger ? 'a whole number' : 'a number';
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw mustBe(name, expected, text);
    const value = Number(text);
    if (isInteger && !Number.isInteger(value)) throw mustBe(name, expected, text);
    // Larger numbers would be rounded, and the tool would get another number than the user typed.
    const limit = isInteger ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
    if (Math.abs(value) > limit) throw mustBe(name, `${expected} from -${limit} to ${limit}`, text);
    return value;
}

function parseBoolean(name: string, text: string): boolean {
    if (text !== 'true' && text !== 'false') throw mustBe(name, 'true or false', text);
    return text === 'true';
}

/** Longest value in an error, in characters. The value may be a whole file. */
const MAX_SHOWN = 100;

function mustBe(name: string, expected: string, text: string): CliError {
    const got = JSON.stringify(shorten(text, MAX_SHOWN));
    return usageError(`${name} must be ${shorten(expected, 10 * MAX_SHOWN)}, got ${got}`);
}

function shorten(text: string, limit: number): string {
    return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
