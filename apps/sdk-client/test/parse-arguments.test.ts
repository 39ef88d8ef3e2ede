import { describe, expect, test } from 'vitest';
import { CliError } from '../src/errors.ts';
import { parseArguments, type ToolShape } from '../src/parse-arguments.ts';

const add = tool({
    properties: { a: { type: 'number' }, b: { type: 'number' } },
    required: ['a', 'b'],
    additionalProperties: false
});

function tool(inputSchema: ToolShape['inputSchema']): ToolShape {
    return { name: 'tool', inputSchema };
}

/** The value that `text` becomes as an argument of this schema. */
function coerced(schema: object, text: string): unknown {
    return parseArguments([`x=${text}`], tool({ properties: { x: schema } })).x;
}

function refusal(words: string[], shape: ToolShape): string {
    try {
        parseArguments(words, shape);
    } catch (error) {
        if (error instanceof CliError && error.code === 'usage') return error.message;
        throw error;
    }
    return 'no refusal';
}

describe('values take the type that the schema asks for', () => {
    test.each([
        [{ type: 'number' }, '2', 2],
        [{ type: 'number' }, '-2.5e3', -2500],
        [{ type: 'number' }, '.5', 0.5],
        [{ type: 'integer' }, '7', 7],
        [{ type: 'boolean' }, 'false', false],
        [{ type: 'string' }, '5', '5'],
        [{ type: 'string' }, '', ''],
        [{ type: 'string' }, 'a=b:=c', 'a=b:=c'],
        [{ enum: ['red', 'blue'] }, 'red', 'red'],
        [{ type: 'array' }, '[1,2]', [1, 2]],
        [{ type: 'object' }, '{"a":1}', { a: 1 }],
        [{ type: ['number', 'null'] }, 'null', null],
        [{ type: ['integer', 'null'] }, '3', 3],
        [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'hello', 'hello'],
        [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, '5', '5'],
        [{}, '{"any":"thing"}', { any: 'thing' }]
    ])('%j makes %j of it', (schema, text, value) => {
        expect(coerced(schema, text)).toEqual(value);
    });
});

describe('a value of another type is refused by name, with what was expected', () => {
    test.each([
        [{ type: 'number' }, 'two', 'x must be a number, got "two"'],
        [{ type: 'number' }, '', 'x must be a number, got ""'],
        [{ type: 'number' }, 'NaN', 'x must be a number, got "NaN"'],
        [{ type: 'number' }, 'Infinity', 'x must be a number, got "Infinity"'],
        [{ type: 'number' }, '0x10', 'x must be a number, got "0x10"'],
        [
            { type: 'number' },
            '1e999',
            'x must be a number from -1.7976931348623157e+308 to 1.7976931348623157e+308, got "1e999"'
        ],
        [{ type: 'integer' }, '2.5', 'x must be a whole number, got "2.5"'],
        [
            { type: 'integer' },
            '9007199254740993',
            'x must be a whole number from -9007199254740991 to 9007199254740991, got "9007199254740993"'
        ],
        [{ type: 'boolean' }, 'yes', 'x must be true or false, got "yes"'],
        [{ type: 'array' }, '1,2', 'x must be JSON of type array, got "1,2"'],
        [{ type: 'object' }, '[1]', 'x must be JSON of type object, got "[1]"'],
        [{ type: ['number', 'null'] }, 'two', 'x must be JSON of type number or null, got "two"'],
        [{}, 'bare', 'x must be JSON, got "bare"']
    ])('%j refuses %j', (schema, text, message) => {
        expect(refusal([`x=${text}`], tool({ properties: { x: schema } }))).toBe(message);
    });
});

test('name:=json is JSON whatever the schema says', () => {
    expect(parseArguments(['a:=[1]', 'b:="2"'], add)).toEqual({ a: [1], b: '2' });
    expect(refusal(['a:=[', 'b=2'], add)).toBe('a must be JSON, got "["');
});

test('arguments that are missing are named, with how to write them', () => {
    expect(refusal(['a=2'], add)).toBe('tool needs b; write b=<number>');
    expect(refusal([], add)).toBe('tool needs a and b; write a=<number> b=<number>');
});

test('an argument that a closed schema does not know is refused, with those it knows', () => {
    expect(refusal(['a=2', 'b=3', 'c=4'], add)).toBe('tool has no argument c; it takes a, b');
    expect(refusal(['c=4'], tool({ additionalProperties: false }))).toBe('tool has no argument c; it takes none');
});

test('an open schema takes any argument, of the type it gives', () => {
    expect(parseArguments(['x={"y":1}'], tool({}))).toEqual({ x: { y: 1 } });
    expect(parseArguments(['x=5'], tool({ additionalProperties: { type: 'string' } }))).toEqual({ x: '5' });
});

test('__proto__ and constructor are names like any other', () => {
    const values = parseArguments(['__proto__={"a":1}', 'constructor=2'], tool({ properties: {} }));
    expect(JSON.stringify(values)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    expect(refusal(['a=1', 'b=2', '__proto__=3'], add)).toBe('tool has no argument __proto__; it takes a, b');
});

test('a word that is no argument, and an argument given twice, are refused', () => {
    expect(refusal(['5'], add)).toBe('arguments are written name=value or name:=json, got "5"');
    expect(refusal(['=5'], add)).toBe('arguments are written name=value or name:=json, got "=5"');
    expect(refusal(['a=1', 'a=2'], add)).toBe('a is given twice');
});
