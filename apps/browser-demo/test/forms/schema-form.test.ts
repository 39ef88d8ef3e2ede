import { describe, expect, test } from 'vitest';
import { type FieldKind, fieldsFromSchema, initialText, parseForm } from '../../src/forms/schema-form.ts';

/** The value that is sent for a property `x` with this schema when the user enters `text`. */
function parseOne(schema: object, text: string | null, required = true) {
    const fields = fieldsFromSchema({ properties: { x: schema }, required: required ? ['x'] : [] });
    return parseForm(fields, new Map([['x', text]]));
}

function problemOf(schema: object, text: string | null) {
    const form = parseOne(schema, text);
    return form.ok ? undefined : form.problems.get('x');
}

describe('fieldsFromSchema', () => {
    test.each<[FieldKind, object]>([
        ['number', { type: 'number' }],
        ['integer', { type: 'integer' }],
        ['text', { type: 'string' }],
        ['boolean', { type: 'boolean' }],
        ['choice', { type: 'string', enum: ['a', 'b'] }],
        ['json', { type: 'array' }],
        ['number', { type: ['number', 'null'] }],
        ['text', { anyOf: [{ type: 'string' }, { type: 'null' }] }],
        ['json', { type: ['number', 'string'] }],
        [
            'choice',
            {
                oneOf: [
                    { const: 1, title: 'One' },
                    { const: 2, title: 'Two' }
                ]
            }
        ],
        ['json', {}]
    ])('a %s field is for %j', (kind, schema) => {
        expect(fieldsFromSchema({ properties: { x: schema } })).toMatchObject([{ name: 'x', kind }]);
    });

    test('order, description, default and required come from the schema', () => {
        const inputSchema = {
            properties: { zone: { type: 'string', description: 'A zone', default: 'UTC' }, at: { type: 'number' } },
            required: ['at']
        };
        expect(fieldsFromSchema(inputSchema)).toMatchObject([
            { name: 'zone', description: 'A zone', default: 'UTC', required: false },
            { name: 'at', description: '', default: undefined, required: true }
        ]);
    });

    test('a schema without properties has no fields', () => {
        expect(fieldsFromSchema({ type: 'object' })).toEqual([]);
    });
});

describe('a schema with $ref', () => {
    const root = {
        $defs: {
            colour: { enum: ['red', 'blue'], description: 'A colour' },
            point: { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] },
            tree: { anyOf: [{ $ref: '#/$defs/tree' }, { $ref: '#/$defs/tree' }] },
            loop: { $ref: '#/$defs/loop' }
        },
        properties: {
            colour: { $ref: '#/$defs/colour' },
            maybe: { anyOf: [{ $ref: '#/$defs/colour' }, { type: 'null' }], default: null },
            named: { allOf: [{ $ref: '#/$defs/colour' }], description: 'Mine' },
            points: { type: 'array', items: { $ref: '#/$defs/point' } },
            tree: { $ref: '#/$defs/tree' },
            loop: { $ref: '#/$defs/loop' },
            gone: { $ref: '#/$defs/nowhere' }
        },
        required: ['colour', 'extra']
    };

    test('has the fields of its target', () => {
        expect(fieldsFromSchema(root).map(({ name, kind, description }) => [name, kind, description])).toEqual([
            ['colour', 'choice', 'A colour'],
            ['maybe', 'choice', ''],
            ['named', 'choice', 'Mine'],
            ['points', 'json', ''],
            ['tree', 'json', ''],
            ['loop', 'json', ''],
            ['gone', 'json', ''],
            ['extra', 'json', '']
        ]);
    });

    test('checks values against its target, and ends if it refers to itself', () => {
        const entered = new Map([
            ['colour', '"green"'],
            ['points', '[{"x": 1}, {}]'],
            ['tree', '{}'],
            ['loop', '1'],
            ['extra', '1']
        ]);
        const form = parseForm(fieldsFromSchema(root), entered);
        expect(form.ok ? [] : [...form.problems]).toEqual([
            ['colour', { code: 'enum', path: '', expected: '"red", "blue"' }],
            ['points', { code: 'required', path: '[1].x', expected: '' }]
        ]);
    });
});

test('3,000 references into a cycle of large schemas end; unresolved fields are entered as JSON', () => {
    const large = Object.fromEntries(Array.from({ length: 3000 }, (_, number) => [`x-${number}`, number]));
    const $defs = { a: { ...large, $ref: '#/$defs/b' }, b: { ...large, $ref: '#/$defs/a' } };
    const names = Array.from({ length: 3000 }, (_, number) => `p${number}`);
    const properties = Object.fromEntries(names.map(name => [name, { $ref: '#/$defs/a' }]));
    const fields = fieldsFromSchema({ $defs, properties });
    expect(fields.map(({ kind }) => kind)).toEqual(names.map(() => 'json'));
    const sixfold = { anyOf: Array.from({ length: 6 }, () => ({ $ref: '#/properties/x' })) };
    expect(problemOf(sixfold, '{}')).toBeUndefined();
});

describe('parseForm', () => {
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
        [{ type: 'object' }, '{"k": null}', { k: null }],
        [{ type: ['number', 'null'] }, '', null],
        [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, '', null],
        [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'null', 'null']
    ])('for schema %j, the input %j becomes %j', (schema, text, value) => {
        expect(parseOne(schema, text)).toEqual({ ok: true, args: { x: value } });
    });

    test.each([
        [{ type: 'number' }, ''],
        [{ type: 'number' }, '  '],
        [{ type: 'string' }, ''],
        [{ enum: ['a'] }, ''],
        [{ type: 'array' }, ''],
        [{ type: 'boolean' }, 'false'],
        [{ type: 'boolean', default: true }, 'true']
    ])('an optional %j is left out when the input is %j', (schema, text) => {
        expect(parseOne(schema, text, false)).toEqual({ ok: true, args: {} });
    });

    test('an optional boolean is sent if it differs from its default', () => {
        expect(parseOne({ type: 'boolean', default: true }, 'false', false)).toEqual({ ok: true, args: { x: false } });
    });

    test('an argument may have any name', () => {
        const fields = fieldsFromSchema(JSON.parse('{"properties": {"__proto__": {"type": "number"}}}'));
        expect(JSON.stringify(parseForm(fields, new Map([['__proto__', '1']])))).toBe(
            '{"ok":true,"args":{"__proto__":1}}'
        );
    });

    test('every invalid field is reported, in the order of the form', () => {
        const fields = fieldsFromSchema({ properties: { a: { type: 'number' }, b: {}, c: { type: 'integer' } } });
        const form = parseForm(
            fields,
            new Map([
                ['a', 'two'],
                ['b', '{}'],
                ['c', '1.5']
            ])
        );
        expect(form.ok ? [] : [...form.problems.keys()]).toEqual(['a', 'c']);
    });
});

describe('an invalid value', () => {
    const nested = {
        type: 'object',
        properties: { list: { type: 'array', items: { type: 'integer' }, minItems: 1 }, name: { minLength: 2 } },
        required: ['list'],
        additionalProperties: false
    };
    test.each([
        [{ type: 'number' }, '', 'required', '', ''],
        [{ type: 'number' }, 'two', 'type', '', 'number'],
        [{ type: 'number' }, '1e999', 'type', '', 'number'],
        [{ type: 'integer' }, '1.5', 'type', '', 'integer'],
        [{ type: 'array' }, '{}', 'type', '', 'array'],
        [{ type: 'object' }, '[]', 'type', '', 'object'],
        [{ type: ['object', 'null'] }, '7', 'type', '', 'object'],
        [{ type: 'string', minLength: 1 }, '', 'required', '', ''],
        [{ enum: ['a', 'b'] }, '"c"', 'enum', '', '"a", "b"'],
        [{ type: 'number', minimum: 2 }, '1.9', 'limit', '', '≥ 2'],
        [{ type: 'number', maximum: 2 }, '2.1', 'limit', '', '≤ 2'],
        [{ type: 'number', exclusiveMinimum: 0 }, '0', 'limit', '', '> 0'],
        [{ type: 'number', exclusiveMaximum: 0 }, '0', 'limit', '', '< 0'],
        [{ type: 'number', multipleOf: 0.1 }, '0.25', 'limit', '', 'n × 0.1'],
        [{ type: 'string', minLength: 2 }, '😀', 'length', '', '≥ 2'],
        [{ type: 'string', maxLength: 1 }, 'ab', 'length', '', '≤ 1'],
        [nested, '{}', 'required', 'list', ''],
        [nested, '{"list": []}', 'items', 'list', '≥ 1'],
        [nested, '{"list": [1, "2"]}', 'type', 'list[1]', 'integer'],
        [nested, '{"list": [1], "name": "x"}', 'length', 'name', '≥ 2'],
        [nested, '{"list": [1], "toString": 1}', 'unknown-member', 'toString', 'list, name'],
        [{ type: 'array', maxItems: 1 }, '[1, 2]', 'items', '', '≤ 1'],
        [{ type: 'object', additionalProperties: { type: 'string' } }, '{"k": 1}', 'type', 'k', 'string'],
        [{ anyOf: [{ type: 'array' }, { type: 'object' }] }, '7', 'type', '', 'array']
    ])('for schema %j, the input %j is rejected: %s', (schema, text, code, path, expected) => {
        expect(problemOf(schema, text)).toEqual({ code, path, expected });
    });

    test.each([
        [{ type: 'number' }, 'number'],
        [{ type: ['integer', 'null'] }, 'integer'],
        [{ type: 'string', format: 'date' }, 'date']
    ])('input that the browser rejects for %j is a problem, even if the field is optional', (schema, expected) => {
        for (const required of [true, false]) {
            const form = parseOne(schema, null, required);
            expect(form.ok ? [] : [...form.problems.values()]).toEqual([{ code: 'type', path: '', expected }]);
        }
    });

    test.each([
        [nested, '{"list": [1, 2], "name": "xy"}'],
        [{ type: 'number', multipleOf: 0.1 }, '0.3'],
        [{ type: 'string', minLength: 2, pattern: '^never$' }, 'ab'],
        [{ type: 'string', format: 'hostname' }, '?'],
        [{ const: 7 }, '7'],
        [{ type: ['object', 'null'] }, 'null']
    ])('for schema %j, the input %j is valid', (schema, text) => {
        expect(problemOf(schema, text)).toBeUndefined();
    });

    test('input that is not JSON is rejected with the message of the parser', () => {
        expect(problemOf({}, '{oops')).toMatchObject({ code: 'json', expected: expect.stringMatching(/JSON/) });
    });
});

test.each([
    [{ type: 'boolean' }, true, 'false'],
    [{ type: 'boolean', default: true }, false, 'true'],
    [{ enum: ['a', 'b'], default: 'b' }, true, '"b"'],
    [{ type: 'string', default: 'b' }, true, 'b'],
    [{ type: 'number', default: 2 }, true, '2'],
    [{ type: ['string', 'null'], default: null }, true, ''],
    [{ type: 'number', default: 2 }, false, '']
])('the field of %j, required: %j, initially shows %j', (schema, required, text) => {
    const [field] = fieldsFromSchema({ properties: { x: schema }, required: required ? ['x'] : [] });
    expect(field && initialText(field)).toBe(text);
});
