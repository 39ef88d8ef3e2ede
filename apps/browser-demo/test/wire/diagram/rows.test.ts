import { expect, test } from 'vitest';
import { moveBy } from '../../../src/view/wire/diagram/move-by.ts';
import { createRowLayout } from '../../../src/view/wire/rows/row-layout.ts';
import type { Row } from '../../../src/wire/diagram/row.ts';
import { type Rows, rowOf } from '../../../src/wire/diagram/rows.ts';
import { createDiagram } from './diagram.ts';

const seqsOf = ({ list }: Rows) => list.map(({ entries }) => entries.map(({ seq }) => seq));

test('each entry has a row of its kind, with the time since the previous row', () => {
    const { rows, post, answer, event, pass, drop, open } = createDiagram();
    expect(rows()).toMatchObject({ list: [] });
    open();
    post({ id: 1, method: 'ping' });
    pass(3);
    answer();
    pass(9);
    event({ id: 1, result: {} });
    drop();
    expect(rows().list.map(({ kind, since }) => [kind, since])).toEqual([
        ['answer', undefined],
        ['arrow', 0],
        ['answer', 3],
        ['arrow', 9],
        ['break', 0]
    ]);
});

test('consecutive heartbeats share a row, also when more are added', () => {
    const { rows, beat, post } = createDiagram();
    beat();
    beat();
    expect(seqsOf(rows())).toEqual([[1, 2]]);
    beat();
    post({ id: 1, method: 'ping' });
    beat();
    expect(seqsOf(rows())).toEqual([[1, 2, 3], [4], [5]]);
});

test('rows stay the same when entries are added or the oldest are evicted', () => {
    const { rows, event, beat } = createDiagram({ maxEntries: 6 });
    beat();
    beat();
    for (let id = 3; id <= 6; id++) event({ id, result: {} });
    const before = [...rows().list];
    event({ id: 7, result: {} });
    const after = rows();
    expect(after.list[0]?.seq).toBe(2);
    expect(seqsOf(after)).toEqual([[2], [3], [4], [5], [6], [7]]);
    expect(after.list.slice(1, 5)).toEqual(before.slice(1));
    expect(after.list[1]).toBe(before[1]);
    event({ id: 8, result: {} });
    // The row of the heartbeats was evicted.
    expect(rows().list[0]).toBe(before[1]);
});

test('another selection of entries makes new rows', () => {
    const { rowsOf, wire, post, event } = createDiagram();
    for (let id = 1; id <= 3; id++) post({ id, method: 'ping' });
    event({ id: 1, result: {} });
    expect(seqsOf(rowsOf(wire.entries()))).toEqual([[1], [2], [3], [4]]);
    expect(seqsOf(rowsOf(wire.entries().filter(({ seq }) => seq % 2 === 1)))).toEqual([[1], [3]]);
    expect(rowsOf([])).toMatchObject({ list: [] });
});

test('rowOf finds the row of an entry', () => {
    const { rows, post, beat } = createDiagram();
    post({ id: 1, method: 'ping' });
    beat();
    beat();
    post({ id: 2, method: 'ping' });
    const { list } = rows();
    expect([0, 1, 2, 3, 4, 5].map(seq => rowOf(list, seq))).toEqual([-1, 0, 1, 1, 2, -1]);
});

test('keys move the selection by one row, by one page, and to both ends', () => {
    const { rows, post } = createDiagram();
    for (let id = 1; id <= 20; id++) post({ id, method: 'ping' });
    const all = createRowLayout<Row>(() => 30);
    all.setRows(rows().list);
    const from = (at: number) =>
        ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a'].map(key => moveBy(key, at, all, 150));
    expect(from(10)).toEqual([11, 9, 15, 5, 0, 19, undefined]);
    expect(from(0)).toEqual([1, 0, 5, 0, 0, 19, undefined]);
    expect(from(19)).toEqual([19, 18, 19, 14, 0, 19, undefined]);
    // Without a selection, the first key selects the newest row.
    expect(from(-1)).toEqual([19, 19, 19, 19, 0, 19, undefined]);
    expect([moveBy('PageDown', 3, all, 1), moveBy('PageUp', 3, all, 1)]).toEqual([4, 2]);
});
