import { CliError } from './errors.ts';
import { type Schema, schemaOf, typesOf } from './schema.ts';

/** What there is to know about a tool before calling it. */
export interface ToolShape {
    name: string;
    inputSchema: Schema;
}

/**
 * Turns `name=value` and `name:=json` words into the arguments of a tool, typed as its input schema wants them.
 *
 * @throws {CliError} with code `usage`, naming the argument and what was expected.
 */
export function parseArguments(words: readonly string[], tool: ToolShape): Record<string, unknown> {
    const values = new Map<string, unknown>();
    for (const word of words) {
        const { name, text, isJson } = splitWord(word);
        if (values.has(name)) throw usage(`${name} is given twice`);
        const schema = schemaOf(tool.inputSchema, name);
        if (!schema) throw unknownArgument(name, tool);
        values.set(name, isJson ? parseJson(name, text, 'JSON') : coerce(name, text, typesOf(schema)));
    }
    assertComplete(values, tool);
    // Unlike an assignment, fromEntries takes `__proto__` for a name like any other.
    return Object.fromEntries(values);
}

function splitWord(word: string): { name: string; text: string; isJson: boolean } {
    const at = word.indexOf('=');
    const isJson = word[at - 1] === ':';
    const name = word.slice(0, isJson ? at - 1 : Math.max(at, 0));
    if (name === '') throw usage(`arguments are written name=value or name:=json, got ${JSON.stringify(word)}`);
    return { name, text: word.slice(at + 1), isJson };
}

function coerce(name: string, text: string, types: readonly string[]): unknown {
    const [type, ...others] = types;
    if (others.length === 0) {
        if (type === 'string') return text;
        if (type === 'number' || type === 'integer') return parseNumber(name, text, type === 'integer');
        if (type === 'boolean') return parseBoolean(name, text);
    }
    if (types.length === 0) return parseJson(name, text, 'JSON');
    return parseOneOf(name, text, types);
}

/** JSON of one of the types; failing that, plain text where a string will do. */
function parseOneOf(name: string, text: string, types: readonly string[]): unknown {
    const expected = types.length === 1 ? `JSON of type ${types[0]}` : `JSON of type ${types.join(' or ')}`;
    try {
        const value = parseJson(name, text, expected);
        if (types.includes(typeOf(value)) || (types.includes('integer') && Number.isInteger(value))) return value;
    } catch (error) {
        if (!types.includes('string')) throw error;
    }
    if (types.includes('string')) return text;
    throw mustBe(name, expected, text);
}

function typeOf(value: unknown): string {
    if (value === null) return 'null';
    return Array.isArray(value) ? 'array' : typeof value;
}

function parseNumber(name: string, text: string, isInteger: boolean): number {
    const expected = isInteger ? 'a whole number' : 'a number';
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw mustBe(name, expected, text);
    const value = Number(text);
    if (isInteger && !Number.isInteger(value)) throw mustBe(name, expected, text);
    // Never send a number other than the one that was typed.
    const limit = isInteger ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
    if (Math.abs(value) > limit) throw mustBe(name, `${expected} from -${limit} to ${limit}`, text);
    return value;
}

function parseBoolean(name: string, text: string): boolean {
    if (text !== 'true' && text !== 'false') throw mustBe(name, 'true or false', text);
    return text === 'true';
}

function parseJson(name: string, text: string, expected: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        throw mustBe(name, expected, text);
    }
}

function assertComplete(values: ReadonlyMap<string, unknown>, { name, inputSchema }: ToolShape): void {
    const missing = (inputSchema.required ?? []).filter(required => !values.has(required));
    if (missing.length === 0) return;
    const examples = missing.map(argument => {
        const types = typesOf(schemaOf(inputSchema, argument) ?? {});
        return `${argument}=<${types.join('|') || 'json'}>`;
    });
    throw usage(`${name} needs ${missing.join(' and ')}; write ${examples.join(' ')}`);
}

function unknownArgument(argument: string, { name, inputSchema }: ToolShape): CliError {
    const known = Object.keys(inputSchema.properties ?? {});
    return usage(`${name} has no argument ${argument}; it takes ${known.length > 0 ? known.join(', ') : 'none'}`);
}

function mustBe(name: string, expected: string, text: string): CliError {
    return usage(`${name} must be ${expected}, got ${JSON.stringify(text)}`);
}

function usage(message: string): CliError {
    return new CliError('usage', message);
}
