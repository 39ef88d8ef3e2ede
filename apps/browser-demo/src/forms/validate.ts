import { isRecord } from '../mcp/json-rpc.ts';
import { alternativesOf, choicesOf, limitsOf, resolveSchema, type Schema, typesOf } from './schema-parts.ts';

/** What is wrong with a value. The view makes a sentence of it. */
type ProblemCode = 'required' | 'json' | 'type' | 'enum' | 'limit' | 'length' | 'items' | 'unknown-member';

export interface Problem {
    code: ProblemCode;
    /** The place within the value, such as `items[2].name`; empty for the value itself. */
    path: string;
    /** What was expected (a type, a limit, a list of values), or the message of the JSON parser. */
    expected: string;
}

/** The most checks of one value, because schemas that refer to each other would never end. */
const MAX_STEPS = 2000;

/**
 * The first problem of a JSON value with its JSON Schema; `$ref`s point into `root`. It checks the usual mistakes in a
 * form: types, choices, limits, members. It ignores `format`, `pattern`, `not` and more: the server checks those, and a
 * pattern from a server could hang the page.
 */
export function findProblem(value: unknown, schema: Schema, root: Schema): Problem | undefined {
    let steps = 0;
    const within: Within = (part, given, path) => {
        if (!isRecord(given) || steps++ > MAX_STEPS) return undefined;
        const partSchema = resolveSchema(given, root);
        return (
            findTypeProblem(part, partSchema, path) ??
            findChoiceProblem(part, partSchema, path) ??
            findAlternativeProblem(part, partSchema, path, within) ??
            first(Array.isArray(partSchema.allOf) ? partSchema.allOf : [], one => within(part, one, path)) ??
            findContentProblem(part, partSchema, path, within)
        );
    };
    return within(value, schema, '');
}

type Within = (value: unknown, schema: unknown, path: string) => Problem | undefined;

function findTypeProblem(value: unknown, schema: Schema, path: string): Problem | undefined {
    const types = typesOf(schema);
    if (types.length === 0 || types.some(type => isOfType(value, type))) return undefined;
    return { code: 'type', path, expected: types.join(', ') };
}

function findChoiceProblem(value: unknown, schema: Schema, path: string): Problem | undefined {
    const choices = choicesOf(schema)?.map(choice => JSON.stringify(choice.value));
    if (!choices || choices.includes(JSON.stringify(value))) return undefined;
    return { code: 'enum', path, expected: choices.join(', ') };
}

/** A value must match one of the schemas. If it matches none, the first schema gives the problem. */
function findAlternativeProblem(value: unknown, schema: Schema, path: string, within: Within): Problem | undefined {
    const problems: Problem[] = [];
    for (const alternative of alternativesOf(schema)) {
        const problem = within(value, alternative, path);
        if (!problem) return undefined;
        problems.push(problem);
    }
    return problems[0];
}

function findContentProblem(value: unknown, schema: Schema, path: string, within: Within): Problem | undefined {
    if (typeof value === 'number') return findLimitProblem(value, schema, 'limit', path);
    if (typeof value === 'string') return findTextProblem(value, schema, path);
    if (Array.isArray(value)) return findItemProblem(value, schema, path, within);
    return isRecord(value) ? findMemberProblem(value, schema, path, within) : undefined;
}

function findTextProblem(value: string, schema: Schema, path: string): Problem | undefined {
    // The specification counts characters, not UTF-16 code units.
    const { minLength, maxLength } = schema;
    return findLimitProblem([...value].length, { minimum: minLength, maximum: maxLength }, 'length', path);
}

function findItemProblem(value: unknown[], schema: Schema, path: string, within: Within): Problem | undefined {
    const { minItems, maxItems, items } = schema;
    const ofSize = findLimitProblem(value.length, { minimum: minItems, maximum: maxItems }, 'items', path);
    return ofSize ?? first([...value.entries()], ([index, item]) => within(item, items, `${path}[${index}]`));
}

function findMemberProblem(value: Schema, schema: Schema, path: string, within: Within): Problem | undefined {
    const { required, additionalProperties } = schema;
    const properties = new Map(Object.entries(isRecord(schema.properties) ? schema.properties : {}));
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const missing = (Array.isArray(required) ? required : []).find(name => !Object.hasOwn(value, name));
    if (missing !== undefined) return { code: 'required', path: at(String(missing)), expected: '' };
    const unknown = Object.keys(value).find(name => !properties.has(name));
    if (additionalProperties === false && unknown !== undefined) {
        return { code: 'unknown-member', path: at(unknown), expected: [...properties.keys()].join(', ') };
    }
    return first(Object.entries(value), ([name, member]) =>
        within(member, properties.get(name) ?? additionalProperties, at(name))
    );
}

/** The first limit that a number or a length does not respect. */
function findLimitProblem(value: number, schema: Schema, code: ProblemCode, path: string): Problem | undefined {
    return first(limitsOf(schema), ({ text, holds }) => (holds(value) ? undefined : { code, path, expected: text }));
}

/** The first problem among the parts. */
function first<Part>(parts: readonly Part[], check: (part: Part) => Problem | undefined): Problem | undefined {
    for (const part of parts) {
        const problem = check(part);
        if (problem) return problem;
    }
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
            // Number, string and boolean have the same names in JSON Schema and JavaScript.
            return typeof value === type;
    }
}
