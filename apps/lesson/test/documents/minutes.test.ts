import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/catalog.ts';
import { root } from '../helpers.ts';

const catalog = readCatalog(join(root, 'lessons'));
const minutesOf = new Map(catalog.map(({ number, minutes }) => [number, minutes]));
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

const BREAK = 15;
const EVENING = 150;

test.each(catalog)('the pages of lesson $number give its minutes', ({ slug, number, minutes }) => {
    expect(read('lessons', slug, 'README.md')).toContain(`\nAbout ${minutes} minutes. `);
    expect(read('lessons', slug, 'README.fr.md')).toContain(`\nEnviron ${minutes} minutes. `);
    expect(read('lessons', slug, 'instructor.md')).toMatch(new RegExp(`^\\*\\*Time\\*\\*: ${minutes} minutes\\b`, 'm'));
    for (const page of ['README.md', 'README.fr.md']) {
        expect(read('lessons', page)).toMatch(new RegExp(`^\\| ${number} \\|[^|]+\\| ${minutes} \\|`, 'm'));
    }
});

test.each(['README.md', 'lessons/README.md', 'lessons/README.fr.md', 'docs/teach.md'])(
    '%s gives the sum of all minutes',
    page => {
        const all = sum([...minutesOf.values()]);
        expect(read(page)).toContain(`${Math.floor(all / 60)} h ${all % 60} min`);
    }
);

test('each lesson of the three hours has its minutes, unless the timetable names some steps only', () => {
    const table = read('docs/teach.md').split('**3 hours**')[1]?.split('**Two evenings**')[0] ?? '';
    const rows = [...table.matchAll(/^\| (\d):(\d\d) \| (.*) \|$/gm)].map(([, hours, minutes, what = '']) => ({
        start: Number(hours) * 60 + Number(minutes),
        what
    }));
    const faults = rows.filter(({ start, what }, index) => {
        const [, number = ''] = /^(?:.*lesson )?(\d\d)\b/.exec(what) ?? [];
        const needed = /steps/.test(what) ? 0 : (minutesOf.get(number) ?? 0);
        return (rows[index + 1]?.start ?? 180) - start < needed;
    });
    expect(rows.length).toBeGreaterThan(5);
    expect(faults).toEqual([]);
});

test('each evening is long enough for its lessons and its break', () => {
    const rows = [...read('docs/teach.md').matchAll(/^\| (?:first|second) \| (.*) \| (\d+) \|$/gm)];
    expect(rows).toHaveLength(2);
    for (const [, plan = '', minutes] of rows) {
        const lessons = [...plan.matchAll(/(\d\d)(?: to (\d\d))?/g)].flatMap(([, first = '', last = first]) =>
            catalog.filter(({ number }) => number >= first && number <= last)
        );
        expect(plan).toContain('break');
        expect(Number(minutes)).toBe(sum(lessons.map(lesson => lesson.minutes)) + BREAK);
        expect(Number(minutes)).toBeLessThanOrEqual(EVENING);
    }
});
