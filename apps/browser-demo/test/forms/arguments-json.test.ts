import { expect, test } from 'vitest';
import { readArguments, toArgumentsText, toEnteredTexts } from '../../src/forms/arguments-json.ts';
import { type Entered, fieldsFromSchema, parseForm } from '../../src/forms/schema-form.ts';

const fields = fieldsFromSchema({
    type: 'object',
    properties: {
        count: { type: 'integer' },
        note: { type: 'string' },
        loud: { type: 'boolean' },
        loudly: { type: 'boolean', default: true },
        mode: { enum: [1, '1', 'one'] },
        maybe: { type: ['string', 'null'] },
        list: { type: 'array', items: { type: 'number' } }
    },
    required: ['count', 'maybe']
});
const entered = (texts: Record<string, string>): Entered => new Map(Object.entries(texts));

test('the JSON has the arguments that are valid so far', () => {
    const texts = entered({ count: '4', note: 'hi', loud: 'true', mode: '"1"', maybe: '', list: '[1,' });
    expect(JSON.parse(toArgumentsText(fields, texts))).toEqual({
        count: 4,
        note: 'hi',
        loud: true,
        mode: '1',
        maybe: null
    });
    expect(toArgumentsText(fields, entered({}))).toBe('{\n  "maybe": null\n}');
});

test('the form shows the arguments of the JSON, and gives the same arguments back', () => {
    const args = { count: 4, note: 'hi', loud: true, loudly: false, mode: 1, maybe: null, list: [1, 2] };
    const texts = toEnteredTexts(fields, args);
    expect(Object.fromEntries(texts)).toEqual({
        ...{ count: '4', note: 'hi', loud: 'true', loudly: 'false', mode: '1', maybe: '', list: '[1,2]' }
    });
    expect(parseForm(fields, texts)).toEqual({ ok: true, args });
    const few = { count: 4, maybe: 'x' };
    const others = toEnteredTexts(fields, few);
    expect(Object.fromEntries(others)).toMatchObject({ note: '', loud: 'false', loudly: 'true', mode: '', list: '' });
    expect(parseForm(fields, others)).toEqual({ ok: true, args: few });
});

test('arguments must be an object', () => {
    expect(readArguments('{"a": {"b": 1}}')).toEqual({ args: { a: { b: 1 } } });
    expect(readArguments('{"a" 1}')).toEqual({ mistake: { offset: 5, line: 1, column: 6, found: '1}' } });
    for (const text of ['[]', '5', 'null']) expect(readArguments(text)).toEqual({});
    // A member with this name must not change the prototype.
    expect(Object.keys(readArguments('{"__proto__": 1}').args ?? {})).toEqual(['__proto__']);
});
