import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['../scenarios/', '../../../packages/transport/test/'];

/** The texts of the tests of `npm test` that prove requirements, so not of the slow ones, by their paths within those folders, without `.test.ts`. */
export function readTests(): Map<string, string> {
    const texts = new Map<string, string>();
    for (const folder of FOLDERS) {
        const root = fileURLToPath(new URL(folder, import.meta.url));
        for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
            if (!path.endsWith('.test.ts') || path.endsWith('.slow.test.ts')) continue;
            texts.set(path.replace('.test.ts', '').replaceAll('\\', '/'), readFileSync(root + path, 'utf8'));
        }
    }
    return texts;
}
