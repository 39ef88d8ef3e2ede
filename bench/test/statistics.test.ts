import { describe, expect, test } from 'vitest';
import { median, percentile, ratios, spread } from '../src/statistics.ts';

describe('median', () => {
    test('is the middle value of an odd number, in numeric order', () => {
        expect(median([10, 9, 100])).toBe(10);
    });

    test('is the mean of the two middle values of an even number', () => {
        expect(median([4, 1, 3, 2])).toBe(2.5);
    });

    test('of nothing is not a number', () => {
        expect(median([])).toBeNaN();
    });

    test('leaves the values in their order', () => {
        const values = [3, 1, 2];
        median(values);
        expect(values).toEqual([3, 1, 2]);
    });
});

describe('percentile', () => {
    const hundred = Array.from({ length: 100 }, (_unused, index) => 100 - index);

    test.each([
        [50, 50],
        [99, 99],
        [99.9, 100],
        [100, 100],
        [0.1, 1]
    ])('%d of 1 to 100 is %d', (percent, expected) => {
        expect(percentile(hundred, percent)).toBe(expected);
    });

    test('99.9 of a thousand is the last but one, whatever the binary fraction', () => {
        const thousand = Array.from({ length: 1000 }, (_unused, index) => index + 1);
        expect(percentile(thousand, 99.9)).toBe(999);
    });

    test('of one value is that value', () => {
        expect(percentile([7], 99)).toBe(7);
    });
});

test('a spread has the median between its extremes', () => {
    expect(spread([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 });
});

test('ratios are taken pair by pair', () => {
    expect(ratios([10, 30], [5, 10])).toEqual([2, 3]);
});
