import { expect, test } from 'vitest';
import { toTable } from '../src/report/table.ts';

const section = { name: 'n', title: 'Title', notes: ['Note.'] };

test('figures are in the columns of the servers that were measured', () => {
    const rows = [{ id: 'r', what: 'time', unit: 'ms', figures: { ours: 1, tutorial: { median: 2, min: 1, max: 3 } } }];
    expect(toTable({ ...section, rows })).toBe(
        ['Title', '            tutorial  ours', '  time  ms   2 (1–3)     1', '  Note.', ''].join('\n')
    );
});

test('a section may name other columns, in its own order', () => {
    const rows = [
        { id: 'a', what: 'calm', unit: '', figures: { calls: 10, answers: 'none' } },
        { id: 'b', what: 'storm', unit: '', figures: { calls: 1_000 } }
    ];
    expect(toTable({ ...section, columns: ['answers', 'calls'], rows })).toBe(
        [
            'Title',
            '           answers  calls',
            '  calm        none     10',
            '  storm             1,000',
            '  Note.',
            ''
        ].join('\n')
    );
});
