import type { Column, SectionResult } from '../result.ts';
import { formatFigure } from './format.ts';

const COLUMNS: readonly Column[] = ['tutorial', 'bare', 'transport', 'ours'];

/** One section as aligned text: title, a line for each row, notes. */
export function toTable({ title, columns = COLUMNS, rows, notes }: SectionResult): string {
    const used = columns.filter(column => rows.some(({ figures }) => figures[column] !== undefined));
    const cells = rows.map(({ what, unit, figures }) => [
        what,
        unit,
        ...used.map(column => formatFigure(figures[column]))
    ]);
    const lines = [['', '', ...used], ...cells];
    const widths = ['', '', ...used].map((_name, index) => Math.max(...lines.map(line => line[index]?.length ?? 0)));
    const aligned = lines.map(line => {
        const padded = line.map((cell, index) => {
            const width = widths[index] ?? 0;
            return index < 2 ? cell.padEnd(width) : cell.padStart(width);
        });
        return `  ${padded.join('  ')}`.trimEnd();
    });
    return [title, ...aligned, ...notes.map(note => `  ${note}`), ''].join('\n');
}
