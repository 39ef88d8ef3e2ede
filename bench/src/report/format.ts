import type { Figure } from '../result.ts';

/** A number as a person wants it: three digits that mean something, thousands set apart. */
export function formatNumber(value: number): string {
    if (!Number.isFinite(value)) return '–';
    const size = Math.abs(value);
    const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
    return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A figure as the table has it: the median with its extremes, the number, or the words. */
export function formatFigure(figure: Figure | undefined): string {
    if (figure === undefined) return '';
    if (typeof figure === 'string') return figure;
    if (typeof figure === 'number') return formatNumber(figure);
    return `${formatNumber(figure.median)} (${formatNumber(figure.min)}–${formatNumber(figure.max)})`;
}
