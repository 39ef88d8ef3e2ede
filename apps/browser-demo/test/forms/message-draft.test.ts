import { expect, test } from 'vitest';
import { readDraft, toDraft } from '../../src/forms/message-draft.ts';

const again = (body: unknown) => JSON.parse(toDraft(JSON.stringify(body), 'again-1'));

test('a request gets a new id, and its progress token too', () => {
    const request = {
        jsonrpc: '2.0',
        id: 7,
        method: 'tools/call',
        params: { name: 'add', _meta: { progressToken: 7 } }
    };
    expect(again(request)).toEqual({
        ...request,
        id: 'again-1',
        params: { name: 'add', _meta: { progressToken: 'again-1' } }
    });
    const other = { jsonrpc: '2.0', id: 7, method: 'x', params: { _meta: { progressToken: 'own' } } };
    expect(again(other)).toEqual({ ...other, id: 'again-1' });
    expect(toDraft('{"id":1,"method":"ping"}', 'again-2')).toBe('{\n  "id": "again-2",\n  "method": "ping"\n}');
});

test.each([[{ jsonrpc: '2.0', method: 'notifications/x' }], [{ jsonrpc: '2.0', id: 3, result: {} }], [[{ id: 1 }]]])(
    '%j keeps its ids',
    message => {
        expect(again(message)).toEqual(message);
    }
);

test('a text that is not JSON stays as it is', () => {
    expect(toDraft('not json', 'again-1')).toBe('not json');
});

test('a draft is read if it is an object or an array', () => {
    expect(readDraft(' {"id": 1} ')).toEqual({ message: { id: 1 } });
    expect(readDraft('[]')).toEqual({ message: [] });
    expect(readDraft('{"id": }')).toEqual({ mistake: { offset: 7, line: 1, column: 8, found: '}' } });
    for (const text of ['5', 'null', '"x"']) expect(readDraft(text)).toEqual({});
});
