/** The median and the extremes. */
export interface Spread {
    median: number;
    min: number;
    max: number;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length / 2;
    const upper = sorted[Math.floor(middle)] ?? Number.NaN;
    if (!Number.isInteger(middle)) return upper;
    return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The smallest value that at least `percent` of all do not exceed (nearest rank: always one that was measured).
 *
 * @param percent above 0, up to 100.
 */
export function percentile(values: readonly number[], percent: number): number {
    const sorted = values.toSorted((a, b) => a - b);
    // Rounded first: 99.9 / 100 * 1000 is a little more than 999.
    const rank = Math.ceil(Number(((percent / 100) * sorted.length).toFixed(6)));
    return sorted[Math.max(rank, 1) - 1] ?? Number.NaN;
}

/** Median, smallest and largest. */
export function spread(values: readonly number[]): Spread {
    return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The quotients of two equally long series, pair by pair: what was measured side by side is compared side by side. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
    return numerators.map((numerator, index) => numerator / (denominators[index] ?? Number.NaN));
}

/** A share from 0 to 1 in per cent. */
export function toPercent(share: number): number {
    return share * 100;
}
