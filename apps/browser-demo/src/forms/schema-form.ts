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

/** How the user enters the value. */
export type FieldKind = 'number' | 'integer' | 'text' | 'boolean' | 'choice' | 'json';

/** One argument of a tool, as a form field. */
export interface Field {
    name: string;
    kind: FieldKind;
    required: boolean;
    description: string;
    /** The value that the server uses if the argument is missing; `undefined` if the schema has no default. */
    default: unknown;
    /** The values to choose from, for kind `choice`. */
    choices: readonly Choice[];
    /** Whether null is allowed. The user enters null by leaving the field empty. */
    isNullable: boolean;
    /** The schema of a value that is not null. */
    schema: Schema;
    /** The schema that `$ref`s in `schema` point into. */
    root: Schema;
}

/**
 * What the user entered, by field name: booleans as `true` or `false`, choices and JSON as JSON. Null if the browser
 * rejects the input, such as an incomplete date.
 */
export type Entered = ReadonlyMap<string, string | null>;

/** The arguments to send, or the problems by field name, in the order of the fields. */
export type ParsedForm =
    | { ok: true; args: Record<string, unknown> }
    | { ok: false; problems: ReadonlyMap<string, Problem> };

/**
 * The fields of a tool's `inputSchema`, in the order of the schema. Values without a control of their own are entered
 * as JSON.
 */
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

/**
 * A field for a value that the protocol defines as text, such as an argument of a prompt. If required, it must not be
 * empty.
 */
export function textField({ name, description, required }: Pick<Field, 'name' | 'description' | 'required'>): Field {
    const schema = { type: 'string', ...(required && { minLength: 1 }) };
    const rest = { default: undefined, choices: [], isNullable: false, schema, root: schema };
    return { name, kind: 'text', required, description, ...rest };
}

/** Leaves out optional arguments that are empty or equal to their default. */
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
    // Unlike an assignment, `Object.fromEntries` treats `__proto__` like any other name.
    return problems.size > 0 ? { ok: false, problems } : { ok: true, args: Object.fromEntries(args) };
}

/** The initial text of a field; empty where the page shows the default as a hint instead. */
export function initialText({ kind, required, isNullable, default: value }: Field): string {
    if (kind === 'boolean') return String(value === true);
    if (isNullable && value === null) return '';
    return required && value !== undefined ? toEntered(kind, value) : '';
}

/** A value in the form that `parseForm` reads. */
export function toEntered(kind: FieldKind, value: unknown): string {
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
    // A text may be empty unless `minLength` forbids it. An empty choice means that nothing was chosen.
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
