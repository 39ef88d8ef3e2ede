import { expect, test } from 'vitest';
import { createExchanges } from '../../src/wire/exchanges.ts';
import { createMatcher, type WireFilter } from '../../src/wire/filter.ts';
import { frameTextOf } from '../../src/wire/frame-text.ts';
import { createRecord } from './record.ts';

function found(filter: WireFilter): number[] {
    const { wire, post, answer, event, endpoint } = createRecord();
    const exchanges = createExchanges(wire);
    endpoint('/messages?sessionId=one');
    post({ id: 1, method: 'tools/call', params: { name: 'Add' } });
    answer();
    event({ id: 1, result: { sum: 5 } });
    event({ id: 1, result: { sum: 5 } }, 'b');
    wire.record('b', { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' });
    wire.record('b', { kind: 'closed', reason: 'refused', detail: '401 Unauthorized' });
    const url = 'http://calc.test/sse';
    wire.record('b', { kind: 'reconnecting', url, lastEventId: 's:7', headers: { accept: 'text/event-stream' } });
    return wire
        .entries()
        .filter(createMatcher(filter, ({ seq }) => exchanges.of(seq)?.sent))
        .map(({ seq }) => seq);
}

test.each<[WireFilter, number[]]>([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8]],
    [{ text: '  ' }, [1, 2, 3, 4, 5, 6, 7, 8]],
    [{ text: 'ADD tools' }, [2, 3, 4]],
    [{ text: 'ADD tools', direction: 'to-browser' }, [3, 4]],
    [{ text: 'get s:7' }, [8]],
    [{ text: 'accept: text/event-stream' }, [8]],
    [{ text: 'sum' }, [4, 5]],
    [{ text: 'sum', sessions: new Set(['b']) }, [5]],
    [{ sessions: new Set() }, []],
    [{ kinds: new Set(['comment', 'answered'] as const) }, [3, 6]],
    [{ direction: 'to-server' }, [2, 8]],
    [{ direction: 'to-browser' }, [1, 3, 4, 5, 6]],
    [{ text: '202' }, [3]],
    [{ text: 'post' }, [2, 3, 4]],
    [{ text: '401' }, [7]],
    [{ text: 'endpoint s:0' }, [1]]
])('the filter %o passes %j', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
});

test('a frame is shown as received, or marked as rebuilt', () => {
    const { wire } = createRecord();
    const event = { kind: 'event', event: 'message', id: 's:1', data: 'one\ntwo' } as const;
    const raw = 'data:one\r\ndata:two\r\nid:s:1\r\n\r\n';
    expect(frameTextOf(wire.record('a', { ...event, raw }))).toEqual({ text: raw, exact: true });
    const text = 'id: s:1\nevent: message\ndata: one\ndata: two\n\n';
    expect(frameTextOf(wire.record('a', event))).toEqual({ text, exact: false });
    const comment = wire.record('a', { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' });
    expect(frameTextOf(comment)).toEqual({ text: ': keepalive\n\n', exact: true });
    expect(frameTextOf(wire.record('a', { kind: 'dropped' }))).toBeUndefined();
});
