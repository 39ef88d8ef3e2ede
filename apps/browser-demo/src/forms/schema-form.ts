import { isRecord } from '../mcp/json-rpc.ts';
import {
    type Choice,
    choicesOf,
    createCopyLimit,
    resolveSchema,
    type Schema,
    splitNull,
    toText,
    typesOf
} from './schema-parts.ts';
import { findProblem, type Problem } from './validate.ts';

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
    choices: readonly Choice[];
    /** Whether it may be null, which is entered as nothing. */
    isNullable: boolean;
    /** What its value has to be, if it is not null. */
    schema: Schema;
    /** Where the references in that lead. */
    root: Schema;
}

/**
 * What was entered, by the names of the fields: booleans as `true` or `false`, choices and JSON as JSON. Null is what
 * the browser does not take for what the field is for.
 */
export type Entered = ReadonlyMap<string, string | null>;

/** The arguments to send, or what is wrong, by the names of the fields and in their order. */
export type ParsedForm =
    | { ok: true; args: Record<string, unknown> }
    | { ok: false; problems: ReadonlyMap<string, Problem> };

/** The fields for a tool's `inputSchema`, in the schema's order. What has no control of its own is entered as JSON. */
export function fieldsFromSchema(root: Schema): Field[] {
    const copyLimit = createCopyLimit();
    const { properties, required } = resolveSchema(root, root, copyLimit);
    const known = isRecord(properties) ? properties : {};
    const names = new Set((Array.isArray(required) ? required : []).filter(name => typeof name === 'string'));
    const undescribed = [...names].filter(name => !Object.hasOwn(known, name)).map(name => [name, {}] as const);
    return [...Object.entries(known), ...undescribed].map(([name, property]) => {
        const whole = resolveSchema(property, root, copyLimit);
        const { schema, isNullable } = splitNull(whole, root, copyLimit);
        return {
            name,
            kind: kindOf(schema),
            required: names.has(name),
            description: typeof whole.description === 'string' ? whole.description : '',
            default: whole.default,
            choices: choicesOf(schema) ?? [],
            isNullable,
            schema,
            root
        };
    });
}

/** A field for what is a text by the protocol, such as an argument of a prompt; if it is required, not an empty one. */
export function textField({ name, description, required }: Pick<Field, 'name' | 'description' | 'required'>): Field {
    const schema = { type: 'string', ...(required && { minLength: 1 }) };
    const rest = { default: undefined, choices: [], isNullable: false, schema, root: schema };
    return { name, kind: 'text', required, description, ...rest };
}

/** Optional arguments that are left empty, or as they are by default, are left out. */
export function parseForm(fields: readonly Field[], entered: Entered): ParsedForm {
    const args: [string, unknown][] = [];
    const problems = new Map<string, Problem>();
    for (const field of fields) {
        const { name, kind, schema, required } = field;
        const raw = entered.get(name);
        const text = (kind === 'text' ? raw : raw?.trim()) ?? '';
        if (raw !== null && !required && isLeftOut(field, text)) continue;
        const { value, problem } =
            raw === null ? ofWrongType(kind === 'text' ? String(schema.format) : kind) : parseValue(field, text);
        if (problem) problems.set(name, problem);
        else args.push([name, value]);
    }
    // Unlike an assignment, this makes `__proto__` a name like any other.
    return problems.size > 0 ? { ok: false, problems } : { ok: true, args: Object.fromEntries(args) };
}

/** A text to begin with in a field; empty where the default is better shown than entered. */
export function initialText({ kind, required, isNullable, default: value }: Field): string {
    if (kind === 'boolean') return String(value === true);
    if (isNullable && value === null) return '';
    return required && value !== undefined ? toEntered(kind, value) : '';
}

/** A value as `parseForm` reads it. */
function toEntered(kind: FieldKind, value: unknown): string {
    return kind === 'text' ? toText(value) : JSON.stringify(value);
}

function kindOf(schema: Schema): FieldKind {
    if (choicesOf(schema)) return 'choice';
    const [type, ...others] = typesOf(schema);
    if (others.length > 0) return 'json';
    if (type === 'number' || type === 'integer' || type === 'boolean') return type;
    return type === 'string' ? 'text' : 'json';
}

function isLeftOut(field: Field, text: string): boolean {
    return text === '' || (field.kind === 'boolean' && text === String(field.default ?? false));
}

/** A value, or what is wrong with it. */
interface Parsed {
    value?: unknown;
    problem?: Problem | undefined;
}

function ofWrongType(expected: string): Parsed {
    return { problem: { code: 'type', path: '', expected } };
}

function parseValue(field: Field, text: string): Parsed {
    const { kind, schema, isNullable, root } = field;
    if (isNullable && (text === '' || (kind === 'json' && text === 'null'))) return { value: null };
    // A text may be empty, unless it is told to have characters; of a choice the empty one is that nothing was chosen.
    const mayBeEmpty = kind === 'text' && !(Number(schema.minLength) > 0);
    if (text === '' && !mayBeEmpty) return { problem: { code: 'required', path: '', expected: '' } };
    const { value, problem } = kind === 'text' ? { value: text } : readValue(kind, text);
    return problem ? { problem } : { value, problem: findProblem(value, schema, root) };
}

function readValue(kind: FieldKind, text: string): Parsed {
    if (kind === 'number' || kind === 'integer') {
        const value = Number(text);
        return Number.isFinite(value) ? { value } : ofWrongType(kind);
    }
    try {
        return { value: JSON.parse(text) };
    } catch (error) {
        return { problem: { code: 'json', path: '', expected: error instanceof Error ? error.message : '' } };
    }
}
