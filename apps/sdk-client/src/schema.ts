/** The part of JSON Schema that a command line needs; everything else is left to the server. */
export interface Schema {
    type?: unknown;
    enum?: unknown;
    anyOf?: unknown;
    oneOf?: unknown;
    default?: unknown;
    description?: unknown;
    properties?: Record<string, object> | undefined;
    patternProperties?: unknown;
    additionalProperties?: unknown;
    required?: string[] | undefined;
}

/** The schema of one property, `{}` if anything goes; undefined if the object cannot have it. */
export function schemaOf(schema: Schema, name: string): Schema | undefined {
    const { properties = {}, patternProperties, additionalProperties } = schema;
    if (Object.hasOwn(properties, name)) return properties[name];
    if (additionalProperties === false) return patternProperties === undefined ? undefined : {};
    return isSchema(additionalProperties) ? additionalProperties : {};
}

/** The names of the JSON types that a schema allows; empty if it does not say. */
export function typesOf(schema: Schema): string[] {
    if (typeof schema.type === 'string') return [schema.type];
    if (Array.isArray(schema.type)) return schema.type.map(String);
    if (Array.isArray(schema.enum)) return schema.enum.every(value => typeof value === 'string') ? ['string'] : [];
    const choices = schema.anyOf ?? schema.oneOf;
    if (!Array.isArray(choices)) return [];
    const types = choices.map(choice => (isSchema(choice) ? typesOf(choice) : []));
    // One choice that does not say leaves all open.
    return types.some(list => list.length === 0) ? [] : [...new Set(types.flat())];
}

function isSchema(value: unknown): value is Schema {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
