import type { Row } from '../../../wire/diagram/row.ts';
import type { RowLayout } from '../rows/row-layout.ts';

/**
 * The index to which a key moves the selection. `at` is the current index, or -1 if there is none; `page` is the
 * visible height.
 */
export function moveBy(key: string, at: number, layout: RowLayout<Row>, page: number): number | undefined {
    const last = layout.rows.length - 1;
    const y = layout.topOf(at);
    const target = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        PageDown: Math.max(at + 1, layout.indexAt(y + page)),
        PageUp: Math.min(at - 1, layout.indexAt(y - page)),
        Home: 0,
        End: last
    }[key];
    if (target === undefined) return undefined;
    return at === -1 && key !== 'Home' ? last : Math.min(last, Math.max(0, target));
}
