import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { parseMessage } from '../src/parse-message.ts';

const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/** What a member may be; `undefined` leaves it out. Messages are made of all combinations. */
const members = {
    jsonrpc: ['2.0', 2, undefined],
    id: [0, 'a', '', 1.5, 2 ** 60, null, undefined],
    method: ['ping', 7, undefined],
    params: [
        {},
        { _meta: { progressToken: 1, [RELATED_TASK]: { taskId: 't' } } },
        { _meta: null },
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

test('the fast check says what the SDK’s schema says, but for params that are wrong by themselves', () => {
    const accepts = (value: unknown) => JSONRPCMessageSchema.safeParse(value).success;
    const disagreements: unknown[] = [];
    let messages = 0;
    let refused = 0;
    for (const value of combinations(Object.keys(members) as (keyof typeof members)[])) {
        const ours = parseMessage(value);
        const theirs = accepts(value);
        const { params: _params, ...rest } = value;
        // With good params it would have been a message.
        const isAgreed = ours?.kind === 'bad-params' ? !theirs && accepts(rest) : (ours !== undefined) === theirs;
        if (!isAgreed) disagreements.push(value);
        if (theirs) messages++;
        else refused++;
    }
    expect(disagreements).toEqual([]);
    // Both kinds were tried in earnest.
    expect(messages).toBe(19);
    expect(refused).toBeGreaterThan(5000);
});

test('what is no object is no message', () => {
    for (const value of [null, undefined, true, 1, 'ping', [], [{ jsonrpc: '2.0', method: 'ping' }], new Map()]) {
        expect(parseMessage(value)).toBeUndefined();
    }
});

test('a message passes as it is, and a member named __proto__ is one too many', () => {
    const value = JSON.parse('{"jsonrpc":"2.0","id":1,"method":"m","params":{"__proto__":{"a":1}}}');
    expect(parseMessage(value)).toEqual({ kind: 'message', message: value });
    expect(parseMessage(JSON.parse('{"jsonrpc":"2.0","id":1,"method":"m","__proto__":{}}'))).toBeUndefined();
});
