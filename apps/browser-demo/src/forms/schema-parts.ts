import { isRecord } from '../mcp/json-rpc.ts';

export type Schema = Record<string, unknown>;

/** A value to choose, and its label. */
export interface Choice {
    value: unknown;
    label: string;
}

/** A limit for a number: its text, and the check. */
interface Limit {
    text: string;
    holds(value: number): boolean;
}

/** A longer chain of links is treated as a cycle. */
const MAX_LINKS = 32;

/**
 * The most schema members that are copied for one form or one check of a value. Beyond it, a schema allows any value.
 */
const MAX_COPIES = 200_000;

/** Counts down `MAX_COPIES`. All schemas that are resolved for one form or one check share it. */
export interface CopyLimit {
    copiesLeft: number;
}

export function createCopyLimit(): CopyLimit {
    return { copiesLeft: MAX_COPIES };
}

/** The types that a schema names; empty if every type is allowed. */
export function typesOf({ type }: Schema): string[] {
    const types: unknown[] = Array.isArray(type) ? type : [type];
    return types.filter(name => typeof name === 'string');
}

/**
 * Replaces `$ref` by its target, and an `allOf` of one schema by that schema: generators write `allOf` to put a
 * description next to a reference. References point into `root` only, because the page fetches nothing for a schema. A
 * reference without a target becomes an empty schema.
 */
export function resolveSchema(schema: unknown, root: Schema, copyLimit: CopyLimit = createCopyLimit()): Schema {
    let resolved = isRecord(schema) ? schema : {};
    for (let links = 0; links < MAX_LINKS; links++) {
        const { $ref, allOf, ...own } = resolved;
        const isRef = typeof $ref === 'string';
        const [only, ...others] = Array.isArray(allOf) ? allOf : [];
        const target = isRef ? find($ref, root) : others.length > 0 || only;
        if (!isRecord(target)) return resolved;
        copyLimit.copiesLeft -= Object.keys(target).length + Object.keys(own).length;
        if (copyLimit.copiesLeft < 0) break;
        resolved = { ...target, ...own, ...(isRef && allOf !== undefined && { allOf }) };
    }
    return {};
}

/** Splits a schema into the schema of values other than null, and whether null is allowed. */
export function splitNull(
    schema: Schema,
    root: Schema,
    copyLimit: CopyLimit = createCopyLimit()
): { schema: Schema; isNullable: boolean } {
    const types = typesOf(schema);
    if (types.length > 1 && types.includes('null')) {
        const others = types.filter(type => type !== 'null');
        return { schema: { ...schema, type: others.length === 1 ? others[0] : others }, isNullable: true };
    }
    const { anyOf, oneOf, ...own } = schema;
    const alternatives = alternativesOf(schema).map(alternative => resolveSchema(alternative, root, copyLimit));
    const others = alternatives.filter(({ type }) => type !== 'null');
    const [only] = others;
    if (others.length === alternatives.length || !only) return { schema, isNullable: false };
    return { schema: others.length === 1 ? { ...only, ...own } : { ...own, anyOf: others }, isNullable: true };
}

/** The alternatives of a schema, of which a value must match one; empty if it has none. */
export function alternativesOf({ anyOf, oneOf }: Schema): unknown[] {
    const alternatives = anyOf ?? oneOf;
    return Array.isArray(alternatives) ? alternatives : [];
}

/** The allowed values of a schema; undefined if it does not list them. */
export function choicesOf(schema: Schema): Choice[] | undefined {
    const toChoice = (value: unknown): Choice => ({ value, label: toText(value) });
    if ('const' in schema) return [toChoice(schema.const)];
    if (Array.isArray(schema.enum)) return schema.enum.map(toChoice);
    // A schema names its values with a list of `const` and `title`.
    const alternatives = alternativesOf(schema);
    const choices = alternatives.flatMap(alternative => {
        if (!isRecord(alternative) || !('const' in alternative)) return [];
        const { const: value, title } = alternative;
        return [{ value, label: typeof title === 'string' ? title : toText(value) }];
    });
    return choices.length > 0 && choices.length === alternatives.length ? choices : undefined;
}

/** The limits of a number, in mathematical notation, which is the same in both languages. */
export function limitsOf(schema: Schema): Limit[] {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    const limit = (sign: string, to: unknown, holds: (value: number, to: number) => boolean): Limit[] =>
        typeof to === 'number' ? [{ text: `${sign} ${to}`, holds: value => holds(value, to) }] : [];
    return [
        ...limit('≥', minimum, (value, to) => value >= to),
        ...limit('≤', maximum, (value, to) => value <= to),
        ...limit('>', exclusiveMinimum, (value, to) => value > to),
        ...limit('<', exclusiveMaximum, (value, to) => value < to),
        // Binary fractions are not exact: 0.3 must count as a multiple of 0.1.
        ...limit('n ×', multipleOf, (value, to) => Math.abs(value / to - Math.round(value / to)) < 1e-9)
    ];
}

/** A value to display: text as it is, everything else as JSON. */
export function toText(value: unknown): string {
    return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The target of a JSON pointer into the schema. */
function find(ref: string, root: Schema): Schema {
    if (!ref.startsWith('#')) return {};
    let found: unknown = root;
    for (const part of ref.split('/').slice(1)) {
        const name = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
        const holder = Array.isArray(found) || isRecord(found) ? found : {};
        found = Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;
    }
    return isRecord(found) ? found : {};
}

function decode(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}
