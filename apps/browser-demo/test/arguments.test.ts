import { describe, expect, test } from 'vitest';
import { ArgumentError, type FieldKind, fieldsFromSchema, parseArguments } from '../src/arguments.ts';

/** What would be sent for the property `x` with this schema, entered as `text`. */
function parseOne(schema: object, text: string, required = true): unknown {
    const fields = fieldsFromSchema({ properties: { x: schema }, required: required ? ['x'] : [] });
    return parseArguments(fields, new Map([['x', text]]));
}

describe('the fields of a schema', () => {
    test.each<[FieldKind, object]>([
        ['number', { type: 'number' }],
        ['integer', { type: 'integer' }],
        ['text', { type: 'string' }],
        ['boolean', { type: 'boolean' }],
        ['choice', { type: 'string', enum: ['a', 'b'] }],
        ['json', { type: 'array' }],
        ['json', { type: ['number', 'null'] }],
        ['json', {}]
    ])('a %s field is for %j', (kind, schema) => {
        expect(fieldsFromSchema({ properties: { x: schema } })).toMatchObject([{ name: 'x', kind }]);
    });

    test('order, description, default and what is required come from the schema', () => {
        const inputSchema = {
            properties: { zone: { type: 'string', description: 'A zone', default: 'UTC' }, at: { type: 'number' } },
            required: ['at']
        };
        expect(fieldsFromSchema(inputSchema)).toMatchObject([
            { name: 'zone', description: 'A zone', default: 'UTC', required: false },
            { name: 'at', description: '', default: undefined, required: true }
        ]);
    });

    test('a schema without properties has none', () => {
        expect(fieldsFromSchema({ type: 'object' })).toEqual([]);
    });
});

describe('the arguments for what was entered', () => {
    test.each([
        [{ type: 'number' }, ' -2.5 ', -2.5],
        [{ type: 'number' }, '1e3', 1000],
        [{ type: 'integer' }, '7', 7],
        [{ type: 'string' }, ' as it is ', ' as it is '],
        [{ type: 'string' }, '', ''],
        [{ type: 'boolean' }, 'false', false],
        [{ enum: [1, '1'] }, '"1"', '1'],
        [{ enum: [1, '1'] }, '1', 1],
        [{ type: 'array' }, '[1, 2]', [1, 2]],
        [{ type: 'object' }, '{"k": null}', { k: null }]
    ])('%j entered as %j is %j', (schema, text, value) => {
        expect(parseOne(schema, text)).toEqual({ x: value });
    });

    test.each([
        [{ type: 'number' }, ''],
        [{ type: 'number' }, '  '],
        [{ type: 'string' }, ''],
        [{ enum: ['a'] }, ''],
        [{ type: 'array' }, ''],
        [{ type: 'boolean' }, 'false'],
        [{ type: 'boolean', default: true }, 'true']
    ])('optional %j entered as %j is left out', (schema, text) => {
        expect(parseOne(schema, text, false)).toEqual({});
    });

    test('an optional boolean that is not as by default is sent', () => {
        expect(parseOne({ type: 'boolean', default: true }, 'false', false)).toEqual({ x: false });
    });

    test.each([
        [{ type: 'number' }, '', 'x is required'],
        [{ type: 'number' }, 'two', 'x must be a number, such as 2 or -0.5'],
        [{ type: 'number' }, '1e999', 'x must be a number, such as 2 or -0.5'],
        [{ type: 'integer' }, '1.5', 'x must be a whole number'],
        [{ type: 'array' }, '{}', 'x must be a JSON array, as in [1, 2]'],
        [{ type: 'object' }, '[]', 'x must be a JSON object, as in {"key": "value"}']
    ])('%j entered as %j is refused by name', (schema, text, message) => {
        expect(() => parseOne(schema, text)).toThrow(new ArgumentError('x', message.slice(2)));
    });

    test('what is not JSON is refused by name', () => {
        expect(() => parseOne({}, '{oops')).toThrow(/^x must be JSON/);
    });

    test('an argument may have any name', () => {
        const fields = fieldsFromSchema(JSON.parse('{"properties": {"__proto__": {"type": "number"}}}'));
        const args = parseArguments(fields, new Map([['__proto__', '1']]));
        expect(JSON.stringify(args)).toBe('{"__proto__":1}');
    });
});
