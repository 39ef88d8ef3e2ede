import { expect, test } from 'vitest';
import { refusalOf } from '../src/lessons/shared/tools.ts';

const reply = (members: object) => ({ jsonrpc: '2.0' as const, id: 1, ...members });

test('a refusal over several lines, as pydantic writes it, names the argument as a word', () => {
    const text = '1 validation error for addArguments\nb\n  Field required';
    const refusal = refusalOf(reply({ result: { isError: true, content: [{ type: 'text', text }] } }));
    expect(refusal).toMatch(/\bb\b/);
});

test('a refusal is an error of JSON-RPC with its data, or a result with isError', () => {
    const error = { code: -32602, message: 'Invalid arguments', data: { path: ['b'] } };
    expect(refusalOf(reply({ error }))).toBe('Invalid arguments {"path":["b"]}');
    expect(refusalOf(reply({ result: { isError: true } }))).toBe('""');
    expect(refusalOf(reply({ result: { content: [] } }))).toBeUndefined();
});
