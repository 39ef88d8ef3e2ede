import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assertComplete, parseArguments, type ToolShape } from '../../src/arguments/parse-arguments.ts';
import { CliError } from '../../src/errors/cli-error.ts';

const add = tool({
    properties: { a: { type: 'number' }, b: { type: 'number' } },
    required: ['a', 'b'],
    additionalProperties: false
});

function tool(inputSchema: ToolShape['inputSchema']): ToolShape {
    return { name: 'tool', inputSchema };
}

/** The arguments that `words` make, with those of `--args` before them. */
function parse(words: string[], shape: ToolShape, ...objects: string[]): Record<string, unknown> {
    const values = parseArguments({ words, objects }, shape, 'from\nstdin');
    assertComplete(values, shape);
    return Object.fromEntries(values);
}

/** A tool whose argument x has this schema. Other arguments are there for references.. */
function withDefinitions(x: object): ToolShape {
    const $defs = { 'a/b': { type: 'boolean' }, circle: { $ref: '#/$defs/circle' } };
    return tool({ properties: { x, size: { type: 'integer' } }, ...{ $defs } });
}

/** The value that `text` becomes as an argument of this schema. */
function coerced(schema: object, text: string): unknown {
    return parse([`x=${text}`], withDefinitions(schema)).x;
}

function refusal(words: string[], shape: ToolShape): string {
    try {
        parse(words, shape);
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
        [{ enum: [1, 'auto', null] }, '1', 1],
        [{ enum: [1, 'auto', null] }, 'null', null],
        [{ const: 'only' }, 'only', 'only'],
        [{ oneOf: [{ const: 'a' }, { enum: ['b', 2] }] }, '2', 2],
        [{ oneOf: [{ type: 'integer' }, { type: 'array' }] }, '[3]', [3]],
        [{ allOf: [{ description: 'how many' }, { type: 'integer' }] }, '3', 3],
        [{ anyOf: [{ $ref: '#/properties/size' }, { type: 'null' }] }, '4', 4],
        [{ $ref: '#/$defs/a~1b' }, 'true', true],
        [{ $ref: '#/$defs/circle' }, '5', 5],
        [{ $ref: 'https://elsewhere.invalid/schema' }, '"any"', 'any'],
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
        [{ enum: ['red', 'blue'] }, 'green', 'x must be one of red, blue, got "green"'],
        [{ const: 1 }, '2', 'x must be 1, got "2"'],
        [{ $ref: '#/properties/size' }, 'big', 'x must be a whole number, got "big"'],
        [{ type: 'number' }, 'a'.repeat(200), `x must be a number, got "${'a'.repeat(100)}…"`],
        [{}, 'bare', 'x must be JSON, got "bare"']
    ])('%j refuses %j', (schema, text, message) => {
        expect(refusal([`x=${text}`], withDefinitions(schema))).toBe(message);
    });
});

test('name:=json is JSON whatever the schema says', () => {
    expect(parse(['a:=[1]', 'b:="2"'], add)).toEqual({ a: [1], b: '2' });
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
    expect(parse(['x={"y":1}'], tool({}))).toEqual({ x: { y: 1 } });
    expect(parse(['x=5'], tool({ additionalProperties: { type: 'string' } }))).toEqual({ x: '5' });
});

test('__proto__ and constructor are names like any other', () => {
    const values = parse(['__proto__={"a":1}', 'constructor=2'], tool({ properties: {} }));
    expect(JSON.stringify(values)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    expect(refusal(['a=1', 'b=2', '__proto__=3'], add)).toBe('tool has no argument __proto__; it takes a, b');
});

test('a word without =, and an argument given twice, are rejected', () => {
    expect(refusal(['5'], add)).toBe('arguments are written name=value or name:=json, got "5"');
    expect(refusal(['=5'], add)).toBe('arguments are written name=value or name:=json, got "=5"');
    expect(refusal(['a=1', 'a=2'], add)).toBe('a is given twice');
});

function fileWith(content: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'arguments-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'file'), content);
    return join(folder, 'file');
}

test('@file is the content of the file, as text, as JSON or as all arguments', () => {
    const file = fileWith('{"a":1,"b":2}\n');
    expect(parse([`x=@${file}`], tool({ properties: { x: { type: 'string' } } }))).toEqual({ x: '{"a":1,"b":2}\n' });
    expect(parse([`x:=@${file}`], tool({}))).toEqual({ x: { a: 1, b: 2 } });
    expect(parse([], add, `@${file}`)).toEqual({ a: 1, b: 2 });
    expect(parse([`a=@${fileWith('2\n')}`, 'b=3'], add)).toEqual({ a: 2, b: 3 });
    expect(refusal(['a=@/nowhere', 'b=2'], add)).toBe('cannot read /nowhere: there is no such file');
});

test('- is standard input, once', () => {
    expect(parse(['x=-'], tool({ properties: { x: { type: 'string' } } }))).toEqual({ x: 'from\nstdin' });
    expect(refusal(['a=-', 'b=2'], add)).toBe('a must be a number, got "from\\nstdin"');
    const both = tool({ properties: { x: { type: 'string' }, y: { type: 'string' } } });
    expect(refusal(['x=-', 'y=-'], both)).toBe('only one value can be read from standard input');
    expect(parse(['x:="-"'], both)).toEqual({ x: '-' });
});

test('of --args the later counts, and a word before both', () => {
    expect(parse(['b=5'], add, '{"a":1,"b":2}', '{"a":3}')).toEqual({ a: 3, b: 5 });
});

test('--args must be an object of known arguments', () => {
    expect(() => parse([], add, '[1]')).toThrow('--args must be a JSON object, got JSON of type array');
    expect(() => parse([], add, '{a:1}')).toThrow('--args must be a JSON object, got "{a:1}"');
    expect(() => parse([], add, '{"c":1}')).toThrow('tool has no argument c; it takes a, b');
});
