import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLesson, readCatalog } from '../src/catalog/catalog.ts';
import { copyLessons } from './helpers.ts';

test('the lessons of the project are valid, and in order', () => {
    using lessons = copyLessons();
    const catalog = readCatalog(lessons.folder);
    expect(catalog.map(({ number }) => number)).toEqual(['01', '02']);
    expect(findLesson(catalog, '2')).toBe(catalog[1]);
    expect(findLesson(catalog, '02-the-protocol-by-hand')).toBe(catalog[1]);
    expect(findLesson(catalog, '13')).toBeUndefined();
});

test.each([
    ['{', /lesson\.json is not valid: .*JSON/],
    ['{ "number": "1" }', /lesson\.json is not valid:[\s\S]*two digits[\s\S]*at number[\s\S]*at title/]
])('a broken lesson.json is named with its faults: %s', async (text, message) => {
    using lessons = copyLessons();
    writeFileSync(join(lessons.first, 'lesson.json'), text);
    const { code, stderr } = await lessons.run('list');
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(2);
});
