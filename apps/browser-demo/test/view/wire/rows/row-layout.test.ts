import { expect, test } from 'vitest';
import { createRowLayout } from '../../../../src/view/wire/rows/row-layout.ts';

const numbered = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_row, index) => ({ seq: from + index }));

function layOut(from: number, to: number) {
    const layout = createRowLayout(() => 10);
    layout.setRows(numbered(from, to));
    return layout;
}

test('rows lie below each other, by their heights where these are known', () => {
    const layout = layOut(1, 4);
    expect(layout.height).toBe(40);
    expect(layout.measure(2, 25)).toBe(true);
    expect(layout.measure(2, 25)).toBe(false);
    expect([0, 1, 2, 3].map(layout.topOf)).toEqual([0, 10, 35, 45]);
    expect(layout.height).toBe(55);
});

test('the row at a place is found, and outside of the list the nearest one', () => {
    const layout = layOut(1, 4);
    layout.measure(2, 25);
    expect([-5, 0, 9.9, 10, 34, 35, 54, 1000].map(layout.indexAt)).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
    expect(createRowLayout(() => 10).indexAt(5)).toBe(0);
});

test('heights stay with their rows when others make room, or a filter hides some', () => {
    const layout = layOut(1, 3);
    layout.measure(3, 50);
    layout.setRows(numbered(2, 4));
    expect([layout.topOf(2), layout.height]).toEqual([60, 70]);
    layout.setRows([{ seq: 1 }]);
    layout.setRows(numbered(3, 3));
    expect(layout.height).toBe(50);
    layout.forget();
    expect(layout.height).toBe(10);
});

test('what was measured of rows that are gone is forgotten in time', () => {
    const layout = layOut(1, 2000);
    for (let seq = 1; seq <= 2000; seq++) layout.measure(seq, 20);
    layout.setRows(numbered(1501, 1510));
    layout.setRows(numbered(1, 1510));
    expect(layout.height).toBe(1500 * 10 + 10 * 20);
});
