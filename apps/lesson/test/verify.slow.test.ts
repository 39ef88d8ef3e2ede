import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCatalog } from '../src/catalog/catalog.ts';
import { Verification } from '../src/verify/verify.ts';
import { copyLessons, root } from './helpers.ts';

const lessonsFolder = join(root, 'lessons');
const catalog = readCatalog(lessonsFolder);
const verification = new Verification(lessonsFolder, catalog);

afterAll(() => verification[Symbol.dispose]());

for (const lesson of catalog) {
    // Most of the time is waiting, so that all lessons are verified at once.
    test.concurrent(`lesson ${lesson.number}: each wrong variant fails by the check that names its fault, and the commands of its texts print what they say`, async () => {
        const { faults } = await verification.verify(lesson);
        expect(faults.join('\n\n')).toBe('');
    }, 600_000);
}

test('verify --update --accept-french writes the golden files, and marks the French as read', async () => {
    using lessons = copyLessons();
    cpSync(join(lessonsFolder, 'glossary.json'), join(lessons.folder, 'glossary.json'));
    mkdirSync(join(lessons.first, 'wrong'));
    for (const page of ['README.md', 'README.fr.md']) writeFileSync(join(lessons.first, page), '# 01\n\nText.\n');
    const { stdout } = await lessons.run('verify', '01', '--update', '--accept-french');
    expect(stdout).toMatch(/^✗ {2}01 A stream by hand +passes/m);
    expect(stdout).toContain('there are 0 wrong variants');
    expect(readFileSync(join(lessons.first, 'README.fr.md'), 'utf8')).toMatch(/^# 01\n<!-- en: \w+ \w+ -->\n/);
    expect(readFileSync(join(lessons.first, 'wrong/failures.en.txt'), 'utf8')).toMatch(/^== problem: stream-opens\n/);
});
