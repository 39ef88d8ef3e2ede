import { expect, test } from 'vitest';
import { createRowLayout } from '../../../../src/view/wire/rows/row-layout.ts';

const numbered = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_row, index) => ({ seq: from + index }));

function layOut(from: number, to: number) {
    const layout = createRowLayout(() => 10);
    layout.setRows(numbered(from, to));
    return layout;
}

test('rows are placed below each other by measured or estimated heights', () => {
    const layout = layOut(1, 4);
    expect(layout.height).toBe(40);
    expect(layout.measure(2, 25)).toBe(true);
    expect(layout.measure(2, 25)).toBe(false);
    expect([0, 1, 2, 3].map(layout.topOf)).toEqual([0, 10, 35, 45]);
    expect(layout.height).toBe(55);
});

test('indexAt finds the row at a position, and the nearest one outside the list', () => {
    const layout = layOut(1, 4);
    layout.measure(2, 25);
    expect([-5, 0, 9.9, 10, 34, 35, 54, 1000].map(layout.indexAt)).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
    expect(createRowLayout(() => 10).indexAt(5)).toBe(0);
});

test('rows keep their heights when others are evicted or hidden', () => {
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

test('the heights of evicted rows are forgotten', () => {
    const layout = layOut(1, 2000);
    for (let seq = 1; seq <= 2000; seq++) layout.measure(seq, 20);
    layout.setRows(numbered(1501, 1510));
    layout.setRows(numbered(1, 1510));
    expect(layout.height).toBe(1500 * 10 + 10 * 20);
});
