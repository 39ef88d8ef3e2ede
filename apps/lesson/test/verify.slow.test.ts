import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readCatalog } from '../src/catalog/catalog.ts';
import { Verification } from '../src/verify/verify.ts';

const lessonsFolder = fileURLToPath(new URL('../../../lessons', import.meta.url));
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
