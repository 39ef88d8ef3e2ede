import { expect, test } from 'vitest';
import { BenchError } from '../src/errors.ts';
import { parseOptions } from '../src/options.ts';

const parse = (...args: string[]) => parseOptions(args, ['cpu', 'storm', 'browser-storm'], ['browser-storm']);

test('without a name all sections run, except those that must be named', () => {
    expect(parse('--quick').sections).toEqual(['cpu', 'storm']);
    expect(parse('browser-storm').sections).toEqual(['browser-storm']);
});

test('the usage says which section must be named', () => {
    expect(() => parse('gale')).toThrow(BenchError);
    expect(() => parse('gale')).toThrow('There is no section "gale"');
    expect(() => parse('gale')).toThrow('Without a name all run but browser-storm.');
    expect(() => parseOptions(['gale'], ['cpu'], ['http', 'siege', 'storm'])).toThrow('but http, siege, and storm.');
});
