import { expect, test } from 'vitest';
import { countResources, parseOutcome, toText } from '../src/servers/answers.ts';

test('the output of a command counts only if it exits with 0 and prints nothing to stderr', () => {
    const stdout = '{"content":[]}\n';
    expect(parseOutcome({ code: 0, stdout, stderr: '' })).toEqual({ content: [] });
    expect(() => parseOutcome({ code: 0, stdout, stderr: 'a warning\n' })).toThrow('said on the side: a warning');
    expect(() => parseOutcome({ code: 0, stdout: 'no JSON', stderr: '' })).toThrow(SyntaxError);
});

test("a command that fails gives the client's own reason, or what there is of one", () => {
    const stderr = '{"error":{"code":"unreachable","message":"cannot reach it","exitCode":4}}\n';
    expect(() => parseOutcome({ code: 4, stdout: '', stderr })).toThrow('exit 4: cannot reach it');
    expect(() => parseOutcome({ code: 1, stdout: '', stderr: 'TypeError\n' })).toThrow('exit 1: TypeError');
});

test('the text of an answer is found in the result of a call, a resource and a prompt', () => {
    const parts = [{ type: 'text', text: 'one' }, { type: 'image' }, { type: 'text', text: 'two' }];
    expect(toText({ content: parts })).toBe('one\ntwo');
    expect(toText({ contents: parts })).toBe('one\ntwo');
    expect(toText({ messages: parts.map(content => ({ role: 'user', content })) })).toBe('one\ntwo');
    expect(() => toText({})).toThrow();
});

test('templates are counted together with the listed resources', () => {
    const result = { resources: [{ name: 'one' }], resourceTemplates: [{ name: 'two' }, { name: 'three' }] };
    expect(countResources(result)).toEqual({ listed: 1, templates: 2 });
});
