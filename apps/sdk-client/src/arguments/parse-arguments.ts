import { readTextFile } from '../config/read-text.ts';
import { usageError } from '../errors/cli-error.ts';
import { coerce, parseJson } from './coerce.ts';
import { type Schema, schemaOf, typeOf, typesOf } from './schema.ts';

/** The part of a tool or a prompt that its arguments depend on. */
export interface ToolShape {
    name: string;
    inputSchema: Schema;
}

/** The arguments as the user typed them. */
export interface TypedArguments {
    /** `name=value` and `name:=json`. */
    words: readonly string[];
    /** JSON objects of arguments, from `--args`. A later one overrides an earlier one; words override both. */
    objects: readonly string[];
}

/** The value that means: read standard input. It can be used once. */
const INPUT = '-';

/** Whether one of the arguments is read from standard input. */
export function readsInput({ words, objects }: TypedArguments): boolean {
    return objects.includes(INPUT) || words.some(word => word.includes('=') && splitWord(word).text === INPUT);
}

/**
 * Converts typed arguments to the types in the tool's input schema. A value `@file` is the content of that file, and `-`
 * is that of standard input.
 *
 * @param input the content of standard input, if an argument reads it.
 * @throws {CliError} with code `usage`, with the argument's name and what was expected.
 */
export function parseArguments(
    { words, objects }: TypedArguments,
    tool: ToolShape,
    input?: string
): Map<string, unknown> {
    const read = createReader(input);
    const values = new Map<string, unknown>();
    for (const object of objects) {
        for (const [name, value] of Object.entries(parseObject(read(object)))) {
            requireSchema(name, tool);
            values.set(name, value);
        }
    }
    const typed = new Set<string>();
    for (const word of words) {
        const { name, text, isJson } = splitWord(word);
        if (typed.has(name)) throw usageError(`${name} is given twice`);
        typed.add(name);
        const schema = requireSchema(name, tool);
        const content = read(text);
        values.set(name, isJson ? parseJson(name, content) : coerce(name, content, schema, tool.inputSchema));
    }
    return values;
}

/** Returns the names of the required arguments that are missing. */
export function findMissing(values: ReadonlyMap<string, unknown>, { inputSchema }: ToolShape): string[] {
    return (inputSchema.required ?? []).filter(name => !values.has(name));
}

/** @throws {CliError} with code `usage` if arguments are missing, with all their names. */
export function assertComplete(values: ReadonlyMap<string, unknown>, tool: ToolShape): void {
    const missing = findMissing(values, tool);
    if (missing.length === 0) return;
    const examples = missing.map(name => {
        const types = typesOf(schemaOf(tool.inputSchema, name) ?? {}, tool.inputSchema);
        return `${name}=<${types.join('|') || 'json'}>`;
    });
    throw usageError(`${tool.name} needs ${missing.join(' and ')}; write ${examples.join(' ')}`);
}

function createReader(input: string | undefined): (text: string) => string {
    let isRead = false;
    return text => {
        if (text.startsWith('@')) return readTextFile(text.slice(1));
        if (text !== INPUT) return text;
        if (isRead) throw usageError('only one value can be read from standard input');
        isRead = true;
        return input ?? '';
    };
}

function splitWord(word: string): { name: string; text: string; isJson: boolean } {
    const at = word.indexOf('=');
    const isJson = word[at - 1] === ':';
    const name = word.slice(0, isJson ? at - 1 : Math.max(at, 0));
    if (name === '') throw usageError(`arguments are written name=value or name:=json, got ${JSON.stringify(word)}`);
    return { name, text: word.slice(at + 1), isJson };
}

function parseObject(text: string): object {
    const value = parseJson('--args', text, 'a JSON object');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw usageError(`--args must be a JSON object, got JSON of type ${typeOf(value)}`);
}

function requireSchema(argument: string, { name, inputSchema }: ToolShape): Schema {
    const schema = schemaOf(inputSchema, argument);
    if (schema) return schema;
    const known = Object.keys(inputSchema.properties ?? {});
    throw usageError(`${name} has no argument ${argument}; it takes ${known.length > 0 ? known.join(', ') : 'none'}`);
}
