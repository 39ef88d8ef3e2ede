import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readCatalog } from '../src/catalog/catalog.ts';
import { Verification } from '../src/verify/verify.ts';
import type { LessonReport } from '../src/verify/verify-lesson.ts';

// verify.slow.test.ts also grades the client of lesson 07 and the page of lesson 08 and all variants, and runs the commands
// of the texts.

const lessonsFolder = fileURLToPath(new URL('../../../lessons', import.meta.url));
const catalog = readCatalog(lessonsFolder);
const verification = new Verification(lessonsFolder, catalog, { quick: true });
const reports: LessonReport[] = [];

afterAll(() => verification[Symbol.dispose]());

for (const lesson of catalog) {
    // Most of the time is waiting, so that all lessons are verified at once.
    test.concurrent(`lesson ${lesson.number}: its server is graded as it must be, and its tables and texts are in step`, async () => {
        const report = await verification.verify(lesson);
        reports.push(report);
        expect(report.faults.join('\n\n')).toBe('');
    }, 300_000);
}

test('the lessons as a whole: no two checks have the same id, and the French of lessons/README.md is in step', () => {
    expect(reports.length).toBe(catalog.length);
    expect(verification.findSharedFaults(reports).join('\n\n')).toBe('');
});

test('there are twelve lessons with at least 60 wrong variants', () => {
    expect(catalog.map(({ number }) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(reports.reduce((sum, { variants }) => sum + variants, 0)).toBeGreaterThanOrEqual(60);
});
