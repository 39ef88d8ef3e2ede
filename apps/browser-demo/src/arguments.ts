import { isRecord } from './json-rpc.ts';

/** How a person enters the value. */
export type FieldKind = 'number' | 'integer' | 'text' | 'boolean' | 'choice' | 'json';

/** One argument of a tool, as its form needs it. */
export interface Field {
    name: string;
    kind: FieldKind;
    required: boolean;
    description: string;
    /** What the server takes if the argument is left out; `undefined` if the schema does not say. */
    default: unknown;
    /** The values to choose from, for kind `choice`. */
    choices: readonly unknown[];
    /** What the JSON must be, for kind `json`; `undefined` if anything goes. */
    jsonType: 'array' | 'object' | undefined;
}

/** An entered value that does not fit; its message begins with the argument's name. */
export class ArgumentError extends Error {
    override name = 'ArgumentError';
    readonly argument: string;

    constructor(argument: string, expectation: string, options?: ErrorOptions) {
        super(`${argument} ${expectation}`, options);
        this.argument = argument;
    }
}

/** The fields for a tool's `inputSchema`, in the schema's order. What has no control of its own is entered as JSON. */
export function fieldsFromSchema(inputSchema: Record<string, unknown>): Field[] {
    const { properties, required } = inputSchema;
    const names: unknown[] = Array.isArray(required) ? required : [];
    return Object.entries(isRecord(properties) ? properties : {}).map(([name, property]) => {
        const schema = isRecord(property) ? property : {};
        return {
            name,
            kind: kindOf(schema),
            required: names.includes(name),
            description: typeof schema.description === 'string' ? schema.description : '',
            default: schema.default,
            choices: Array.isArray(schema.enum) ? schema.enum : [],
            jsonType: schema.type === 'array' || schema.type === 'object' ? schema.type : undefined
        };
    });
}

/**
 * The arguments to send for what was entered, by name. Booleans are entered as `true` or `false`, choices as JSON.
 * Optional arguments left empty, or as they are by default, are left out.
 *
 * @throws {ArgumentError} for the first value that does not fit.
 */
export function parseArguments(
    fields: readonly Field[],
    entered: ReadonlyMap<string, string>
): Record<string, unknown> {
    const args: [string, unknown][] = [];
    for (const field of fields) {
        const raw = entered.get(field.name) ?? '';
        const text = field.kind === 'text' ? raw : raw.trim();
        if (field.required || !isLeftOut(field, text)) args.push([field.name, parseValue(field, text)]);
    }
    // Unlike an assignment, this makes `__proto__` a name like any other.
    return Object.fromEntries(args);
}

function kindOf(schema: Record<string, unknown>): FieldKind {
    if (Array.isArray(schema.enum)) return 'choice';
    if (schema.type === 'number' || schema.type === 'integer' || schema.type === 'boolean') return schema.type;
    return schema.type === 'string' ? 'text' : 'json';
}

function isLeftOut(field: Field, text: string): boolean {
    return text === '' || (field.kind === 'boolean' && text === String(field.default ?? false));
}

function parseValue(field: Field, text: string): unknown {
    if (field.kind === 'text') return text;
    if (field.kind === 'boolean') return text === 'true';
    if (text === '') throw new ArgumentError(field.name, 'is required');
    return field.kind === 'number' || field.kind === 'integer' ? parseNumber(field, text) : parseJsonValue(field, text);
}

function parseNumber({ name, kind }: Field, text: string): number {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new ArgumentError(name, 'must be a number, such as 2 or -0.5');
    if (kind === 'integer' && !Number.isInteger(value)) throw new ArgumentError(name, 'must be a whole number');
    return value;
}

function parseJsonValue({ name, jsonType }: Field, text: string): unknown {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (cause) {
        throw new ArgumentError(name, `must be JSON${cause instanceof Error ? ` (${cause.message})` : ''}`, { cause });
    }
    if (jsonType === 'array' && !Array.isArray(value))
        throw new ArgumentError(name, 'must be a JSON array, as in [1, 2]');
    if (jsonType === 'object' && !isRecord(value)) {
        throw new ArgumentError(name, 'must be a JSON object, as in {"key": "value"}');
    }
    return value;
}
