import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { parseMessage } from '../../src/message/parse-message.ts';

const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/** Values of each member; `undefined` omits it. Messages are all combinations. */
const members = {
    jsonrpc: ['2.0', 2, undefined],
    id: [0, 'a', '', 1.5, 2 ** 60, null, undefined],
    method: ['ping', 7, undefined],
    params: [
        {},
        { _meta: { progressToken: 1, [RELATED_TASK]: { taskId: 't' } } },
        { _meta: null },
        { _meta: { progressToken: null, [RELATED_TASK]: null } },
        { _meta: { progressToken: {} } },
        { _meta: { [RELATED_TASK]: {} } },
        [],
        'x',
        null,
        undefined
    ],
    result: [{}, { _meta: 1 }, [], undefined],
    error: [{ code: -1, message: 'm', data: [1] }, { code: 1.5, message: 'm' }, { message: 'm' }, undefined],
    extra: [1, undefined]
};

function* combinations(names: (keyof typeof members)[]): Generator<Record<string, unknown>> {
    const [name, ...others] = names;
    if (name === undefined) return yield {};
    for (const rest of combinations(others)) {
        for (const value of members[name]) yield value === undefined ? rest : { [name]: value, ...rest };
    }
}

/** The same value without the nulls that count as absent. */
function withoutNulls({ ...value }: Record<string, unknown>): Record<string, unknown> {
    if ('method' in value && value.params === null) delete value.params;
    if ('error' in value && !('method' in value) && value.id === null) delete value.id;
    const { _meta } = Object(value.params);
    if (_meta === null) value.params = {};
    else if (_meta?.progressToken === null) value.params = { _meta: {} };
    return value;
}

test('parseMessage accepts what the SDK’s schema accepts, and null for optional members', () => {
    const accepts = (value: unknown) => JSONRPCMessageSchema.safeParse(value).success;
    const disagreements: unknown[] = [];
    let messages = 0;
    let refused = 0;
    for (const value of combinations(Object.keys(members) as (keyof typeof members)[])) {
        const clean = withoutNulls(value);
        const ours = parseMessage(structuredClone(value)).kind;
        const theirs = accepts(clean);
        const { params: _params, ...rest } = clean;
        // With valid params it is a message.
        const isAgreed = ours === 'bad-params' ? !theirs && accepts(rest) : (ours === 'message') === theirs;
        if (!isAgreed) disagreements.push(value);
        if (theirs) messages++;
        else refused++;
    }
    expect(disagreements).toEqual([]);
    expect(messages).toBe(32);
    expect(refused).toBeGreaterThan(5000);
});

test('a null for an optional member becomes undefined', () => {
    const handed = (value: unknown) => {
        expect(parseMessage(value).kind).toBe('message');
        return JSONRPCMessageSchema.safeParse(value).success;
    };
    for (const value of combinations(['jsonrpc', 'id', 'method', 'params', 'error'])) {
        const copy = structuredClone(value);
        if (parseMessage(structuredClone(value)).kind === 'message')
            expect(handed(copy), JSON.stringify(value)).toBe(true);
    }
});

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const ID = 'a safe integer or a string of at most 256 characters';

test.each<[value: unknown, problem: string]>([
    [null, 'The message must be an object, not null'],
    [undefined, 'The message must be an object, not left out'],
    ['secret', 'The message must be an object, not this string'],
    [[ping], 'A batch is not accepted; send its messages one by one'],
    [{ secret: 1 }, 'jsonrpc must be "2.0", not left out'],
    [{ ...ping, jsonrpc: 2 }, 'jsonrpc must be "2.0", not 2'],
    [{ ...ping, method: 7 }, 'method must be a string, not 7'],
    [{ ...ping, id: null }, `id must be ${ID}, not null`],
    [{ ...ping, id: 1.5 }, `id must be ${ID}, not 1.5`],
    [{ ...ping, id: 'x'.repeat(257) }, `id must be ${ID}, not this string`],
    [{ ...ping, id: [] }, `id must be ${ID}, not an array`],
    [{ ...ping, foo: 1 }, 'Unknown member "foo"; put it into params, or leave it out'],
    [{ ...ping, ['y'.repeat(9999)]: 1 }, `Unknown member "${'y'.repeat(40)}…"; put it into params, or leave it out`],
    [{ ...ping, params: 'x' }, 'params must be an object, not this string'],
    [{ ...ping, params: [] }, 'params must be an object, not an array'],
    [{ ...ping, params: { _meta: 1 } }, 'params._meta must be an object, not 1'],
    [{ ...ping, params: { _meta: { progressToken: {} } } }, `params._meta.progressToken must be ${ID}, not an object`],
    [{ jsonrpc: '2.0', id: 1 }, 'The message must have a method, a result or an error'],
    [{ jsonrpc: '2.0', result: {} }, `id must be ${ID}, not left out`],
    [{ jsonrpc: '2.0', id: 1, result: true }, 'result must be an object, not true'],
    [{ jsonrpc: '2.0', id: 1, result: {}, error: null }, 'Unknown member "error"; put it into params, or leave it out'],
    [{ jsonrpc: '2.0', id: 1, error: {} }, 'error.code must be a safe integer, not left out'],
    [{ jsonrpc: '2.0', id: 1, error: { code: 1 } }, 'error.message must be a string, not left out'],
    [{ ...ping, method: 'initialize' }, 'params.protocolVersion must be a string, not left out'],
    [{ ...ping, method: 'initialize', params: {} }, 'params.protocolVersion must be a string, not left out']
])('%j is refused with what is wrong with it', (value, problem) => {
    expect(parseMessage(value)).toHaveProperty('problem', problem);
});

test('a message is returned unchanged, and a member named __proto__ is unknown', () => {
    const value = JSON.parse('{"jsonrpc":"2.0","id":1,"method":"m","params":{"__proto__":{"a":1}}}');
    expect(parseMessage(value)).toEqual({ kind: 'message', message: value });
    expect(parseMessage(JSON.parse('{"jsonrpc":"2.0","id":1,"method":"m","__proto__":{}}'))).toHaveProperty(
        'problem',
        'Unknown member "__proto__"; put it into params, or leave it out'
    );
});
