/** The part of JSON Schema that a command line needs; everything else is left to the server. */
export interface Schema {
    $ref?: unknown;
    type?: unknown;
    enum?: unknown;
    const?: unknown;
    anyOf?: unknown;
    oneOf?: unknown;
    allOf?: unknown;
    default?: unknown;
    description?: unknown;
    properties?: Record<string, object> | undefined;
    patternProperties?: unknown;
    additionalProperties?: unknown;
    required?: string[] | undefined;
}

/** References that lead on to references are followed this far: further ones may go in a circle. */
const MAX_DEPTH = 16;

/** The schema of one property, `{}` if anything goes; undefined if the object cannot have it. */
export function schemaOf(root: Schema, name: string): Schema | undefined {
    const { properties = {}, patternProperties, additionalProperties } = root;
    if (Object.hasOwn(properties, name)) return resolve(properties[name] ?? {}, root);
    if (additionalProperties === false) return patternProperties === undefined ? undefined : {};
    return isSchema(additionalProperties) ? resolve(additionalProperties, root) : {};
}

/**
 * The names of the JSON types that a schema allows; empty if it does not say.
 *
 * @param root the schema that local references are looked up in.
 */
export function typesOf(schema: Schema, root: Schema, depth = 0): string[] {
    if (depth > MAX_DEPTH) return [];
    const { type, enum: values, anyOf, oneOf, allOf } = resolve(schema, root);
    if (typeof type === 'string') return [type];
    if (Array.isArray(type)) return type.map(String);
    if (Array.isArray(values)) return [...new Set(values.map(typeOf))];
    if ('const' in schema) return [typeOf(schema.const)];
    if (Array.isArray(allOf)) {
        const all = allOf.filter(isSchema).map(part => typesOf(part, root, depth + 1));
        return all.find(types => types.length > 0) ?? [];
    }
    const choices = anyOf ?? oneOf;
    if (!Array.isArray(choices)) return [];
    const types = choices.map(choice => (isSchema(choice) ? typesOf(choice, root, depth + 1) : []));
    // One choice that does not say leaves all open.
    return types.some(list => list.length === 0) ? [] : [...new Set(types.flat())];
}

/** The values that a schema lists; undefined if it allows others too. */
export function choicesOf(schema: Schema, root: Schema, depth = 0): unknown[] | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const { enum: values, anyOf, oneOf, ...rest } = resolve(schema, root);
    if (Array.isArray(values)) return values;
    if ('const' in rest) return [rest.const];
    const branches = anyOf ?? oneOf;
    if (!Array.isArray(branches)) return undefined;
    const lists = branches.map(branch => (isSchema(branch) ? choicesOf(branch, root, depth + 1) : undefined));
    return lists.every(list => list !== undefined) ? lists.flat() : undefined;
}

/** The name that JSON Schema has for the type of a value. */
export function typeOf(value: unknown): string {
    if (value === null) return 'null';
    return Array.isArray(value) ? 'array' : typeof value;
}

/** Follows references within the same schema (RFC 6901); `{}`, which allows all, for any other. */
function resolve(schema: Schema, root: Schema, depth = 0): Schema {
    if (typeof schema.$ref !== 'string') return schema;
    if (depth > MAX_DEPTH || !schema.$ref.startsWith('#')) return {};
    let found: unknown = root;
    for (const part of schema.$ref.slice(1).split('/').slice(1)) {
        const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
        found =
            typeof found === 'object' && found !== null && Object.hasOwn(found, name) ? Reflect.get(found, name) : {};
    }
    return isSchema(found) ? resolve(found, root, depth + 1) : {};
}

function isSchema(value: unknown): value is Schema {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
