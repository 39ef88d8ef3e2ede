import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** A narrower column is hard to read, in characters. */
const NARROWEST_COLUMN = 20;

/**
 * Aligns rows of cells. The last column is wrapped to the remaining width; if that is too narrow, it is put below the
 * others.
 *
 * @param width the longest line in characters.
 */
export function formatTable(rows: readonly string[][], width: number): string[] {
    const widths: number[] = [];
    for (const cells of rows) {
        for (const [column, cell] of cells.entries()) {
            widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
        }
    }
    return rows.flatMap(cells => formatRow(cells, widths, width));
}

function formatRow(cells: readonly string[], widths: readonly number[], width: number): string[] {
    const last = cells.at(-1) ?? '';
    const others = cells.slice(0, -1);
    const indent = others.reduce((sum, _cell, column) => sum + (widths[column] ?? 0) + 2, 0);
    if (width - indent < NARROWEST_COLUMN) {
        return [...wrap(others.filter(cell => cell !== '').join('  '), width), ...indented(last, 2, width)];
    }
    const head = others
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell) + 2))
        .join('');
    const [first = '', ...more] = wrap(last, width - indent);
    return [`${head}${first}`.trimEnd(), ...more.map(line => ' '.repeat(indent) + line)];
}

/** Wraps a paragraph and indents it by `indent` characters. */
export function indented(text: string, indent: number, width: number): string[] {
    return text === '' ? [] : wrap(text, width - indent).map(line => ' '.repeat(indent) + line);
}

function wrap(text: string, width: number): string[] {
    if (!Number.isFinite(width)) return text === '' ? [] : [text];
    return text === '' ? [] : wrapAnsi(text, Math.max(1, width), { hard: true }).split('\n');
}
