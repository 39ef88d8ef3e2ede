/** The part of JSON Schema that a command line needs. The server checks everything else. */
export interface Schema {
    [keyword: string]: unknown;
    properties?: Record<string, object> | undefined;
    required?: string[] | undefined;
}

/** A longer chain of `$ref`s is treated as a cycle. */
const MAX_DEPTH = 16;

/** Returns the schema of one property: `{}` if any value is allowed, undefined if the object cannot have the property. */
export function schemaOf(root: Schema, name: string): Schema | undefined {
    const { properties = {}, patternProperties, additionalProperties } = root;
    if (Object.hasOwn(properties, name)) return resolve(properties[name], root);
    if (additionalProperties === false) return patternProperties === undefined ? undefined : {};
    return resolve(additionalProperties, root);
}

/**
 * Returns the JSON types that a schema allows; empty if it does not restrict the type.
 *
 * @param root the schema that local references are looked up in.
 */
export function typesOf(schema: unknown, root: Schema): string[] {
    return findTypes(schema, { root, stepsLeft: MAX_STEPS });
}

/** Returns the values that a schema lists; undefined if it allows others, or lists more than `MAX_CHOICES`. */
export function choicesOf(schema: unknown, root: Schema): unknown[] | undefined {
    const choices = findChoices(schema, { root, stepsLeft: MAX_STEPS });
    return choices && choices.length <= MAX_CHOICES ? choices : undefined;
}

/** A walk through a schema. The schema may refer to itself several times, so the number of steps is limited. */
interface Walk {
    root: Schema;
    stepsLeft: number;
}

/** More parts than the schema of any argument has. */
const MAX_STEPS = 1000;
const MAX_CHOICES = 10_000;

function findTypes(schema: unknown, walk: Walk): string[] {
    if (walk.stepsLeft-- <= 0) return [];
    const { type, enum: values, anyOf, oneOf, allOf, ...rest } = resolve(schema, walk.root);
    if (typeof type === 'string') return [type];
    if (Array.isArray(type)) return type.slice(0, MAX_TYPES).map(String);
    if (Array.isArray(values)) return [...new Set(values.map(typeOf))];
    if ('const' in rest) return [typeOf(rest.const)];
    for (const part of toList(allOf)) {
        const types = findTypes(part, walk);
        if (types.length > 0 || walk.stepsLeft <= 0) return types;
    }
    const found = new Set<string>();
    for (const choice of toList(anyOf ?? oneOf)) {
        const types = findTypes(choice, walk);
        // If one alternative allows any type, the schema does.
        if (types.length === 0) return [];
        for (const each of types) found.add(each);
    }
    return [...found];
}

/** JSON Schema has seven types, `integer` included. */
const MAX_TYPES = 7;

function findChoices(schema: unknown, walk: Walk): unknown[] | undefined {
    if (walk.stepsLeft-- <= 0) return undefined;
    const { enum: values, anyOf, oneOf, ...rest } = resolve(schema, walk.root);
    if (Array.isArray(values)) return values.length > MAX_CHOICES ? undefined : values;
    if ('const' in rest) return [rest.const];
    const branches = anyOf ?? oneOf;
    if (!Array.isArray(branches)) return undefined;
    const found: unknown[] = [];
    for (const branch of branches) {
        const choices = findChoices(branch, walk);
        if (!choices || found.length + choices.length > MAX_CHOICES) return undefined;
        found.push(...choices);
    }
    return found;
}

function toList(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}

/** Returns the JSON Schema name of a value's type. */
export function typeOf(value: unknown): string {
    if (value === null) return 'null';
    return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * Follows references within the same schema (RFC 6901). Returns `{}`, which allows any value, for other references and for
 * what is not a schema.
 */
function resolve(schema: unknown, root: Schema, depth = 0): Schema {
    if (!isSchema(schema)) return {};
    if (typeof schema.$ref !== 'string') return schema;
    if (depth > MAX_DEPTH || !schema.$ref.startsWith('#')) return {};
    let found: unknown = root;
    for (const part of schema.$ref.slice(1).split('/').slice(1)) {
        const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
        const holder = Object(found);
        found = Object.hasOwn(holder, name) ? holder[name] : {};
    }
    return resolve(found, root, depth + 1);
}

function isSchema(value: unknown): value is Schema {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
