import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['../scenarios/', '../../../packages/transport/test/'];

/** The texts of the tests that prove requirements, by their paths within those folders, without `.test.ts` or `.slow.test.ts`. */
export function readTests({ slow }: { slow: boolean }): Map<string, string> {
    const texts = new Map<string, string>();
    for (const folder of FOLDERS) {
        const root = fileURLToPath(new URL(folder, import.meta.url));
        for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
            if (!path.endsWith('.test.ts') || (!slow && path.endsWith('.slow.test.ts'))) continue;
            const name = path.replace(/(\.slow)?\.test\.ts$/, '').replaceAll('\\', '/');
            texts.set(name, (texts.get(name) ?? '') + readFileSync(root + path, 'utf8'));
        }
    }
    return texts;
}
