import { isRecord } from '../json-rpc.ts';

/** What is wrong with a value; the view words it. */
type ProblemCode =
    | 'required'
    | 'json'
    | 'type'
    | 'enum'
    | 'minimum'
    | 'maximum'
    | 'above'
    | 'below'
    | 'multiple'
    | 'min-length'
    | 'max-length'
    | 'min-items'
    | 'max-items'
    | 'unknown-member';

export interface Problem {
    code: ProblemCode;
    /** Where in the value, as in `items[2].name`; empty for the value itself. */
    path: string;
    /** What was expected: a type, a limit, a list of values; or what the JSON parser said. */
    expected: string;
}

type Schema = Record<string, unknown>;

/**
 * The first problem of a JSON value with its JSON Schema. Checks what people get wrong in a form: types, choices,
 * limits, members. What it does not know (`$ref`, `pattern`, `format` and more) it lets pass: the server has the last
 * word, and a pattern of its choice could hang the page.
 */
export function findProblem(value: unknown, schema: unknown, path = ''): Problem | undefined {
    if (!isRecord(schema)) return undefined;
    return (
        findTypeProblem(value, schema, path) ??
        findChoiceProblem(value, schema, path) ??
        findAlternativeProblem(value, schema, path) ??
        findContentProblem(value, schema, path)
    );
}

/** The types that a schema names; empty if any will do. */
export function typesOf({ type }: Schema): string[] {
    const types: unknown[] = Array.isArray(type) ? type : [type];
    return types.filter(name => typeof name === 'string');
}

function findTypeProblem(value: unknown, schema: Schema, path: string): Problem | undefined {
    const types = typesOf(schema);
    if (types.length === 0 || types.some(type => isOfType(value, type))) return undefined;
    return { code: 'type', path, expected: types.join(', ') };
}

function findChoiceProblem(value: unknown, schema: Schema, path: string): Problem | undefined {
    const choices = 'const' in schema ? [schema.const] : schema.enum;
    if (!Array.isArray(choices)) return undefined;
    const text = JSON.stringify(value);
    if (choices.some(choice => JSON.stringify(choice) === text)) return undefined;
    return { code: 'enum', path, expected: choices.map(choice => JSON.stringify(choice)).join(', ') };
}

/** Of several schemas, one that fits is enough; if none does, the first says why. */
function findAlternativeProblem(value: unknown, schema: Schema, path: string): Problem | undefined {
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (!Array.isArray(alternatives)) return undefined;
    const problems = alternatives.map(alternative => findProblem(value, alternative, path));
    return problems.includes(undefined) ? undefined : problems[0];
}

function findContentProblem(value: unknown, schema: Schema, path: string): Problem | undefined {
    if (typeof value === 'number') return findNumberProblem(value, schema, path);
    if (typeof value === 'string') {
        // Characters, as the specification counts, not UTF-16 code units.
        return findSizeProblem([...value].length, schema.minLength, schema.maxLength, 'length', path);
    }
    if (Array.isArray(value)) return findItemProblem(value, schema, path);
    return isRecord(value) ? findMemberProblem(value, schema, path) : undefined;
}

function findNumberProblem(value: number, schema: Schema, path: string): Problem | undefined {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    const problem = (code: ProblemCode, expected: number) => ({ code, path, expected: String(expected) });
    if (typeof minimum === 'number' && value < minimum) return problem('minimum', minimum);
    if (typeof maximum === 'number' && value > maximum) return problem('maximum', maximum);
    if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return problem('above', exclusiveMinimum);
    if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return problem('below', exclusiveMaximum);
    // Binary fractions are not exact: 0.3 is a multiple of 0.1 to people.
    const times = typeof multipleOf === 'number' && multipleOf > 0 ? value / multipleOf : 0;
    if (Math.abs(times - Math.round(times)) > 1e-9) return problem('multiple', Number(multipleOf));
    return undefined;
}

function findItemProblem(value: unknown[], schema: Schema, path: string): Problem | undefined {
    const ofSize = findSizeProblem(value.length, schema.minItems, schema.maxItems, 'items', path);
    return ofSize ?? firstProblem(value.map((item, index) => [item, schema.items, `${path}[${index}]`]));
}

function findMemberProblem(value: Schema, schema: Schema, path: string): Problem | undefined {
    const { required, additionalProperties } = schema;
    const properties = new Map(Object.entries(isRecord(schema.properties) ? schema.properties : {}));
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const missing = (Array.isArray(required) ? required : []).find(name => !Object.hasOwn(value, name));
    if (missing !== undefined) return { code: 'required', path: at(String(missing)), expected: '' };
    const unknown = Object.keys(value).find(name => !properties.has(name));
    if (additionalProperties === false && unknown !== undefined) {
        return { code: 'unknown-member', path: at(unknown), expected: [...properties.keys()].join(', ') };
    }
    return firstProblem(
        Object.entries(value).map(([name, member]) => [member, properties.get(name) ?? additionalProperties, at(name)])
    );
}

function firstProblem(parts: [value: unknown, schema: unknown, path: string][]): Problem | undefined {
    for (const part of parts) {
        const problem = findProblem(...part);
        if (problem) return problem;
    }
    return undefined;
}

function findSizeProblem(
    size: number,
    min: unknown,
    max: unknown,
    of: 'length' | 'items',
    path: string
): Problem | undefined {
    if (typeof min === 'number' && size < min) return { code: `min-${of}`, path, expected: String(min) };
    if (typeof max === 'number' && size > max) return { code: `max-${of}`, path, expected: String(max) };
    return undefined;
}

function isOfType(value: unknown, type: string): boolean {
    switch (type) {
        case 'integer':
            return Number.isInteger(value);
        case 'null':
            return value === null;
        case 'array':
            return Array.isArray(value);
        case 'object':
            return isRecord(value);
        default:
            // Number, string and boolean have the same names in both.
            return typeof value === type;
    }
}
