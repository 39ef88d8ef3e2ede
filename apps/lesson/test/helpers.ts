import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '@calc/grader';
import { runInTerminal, runNode } from '@calc/test-helpers';
import { readCatalog } from '../src/catalog/catalog.ts';
import { run } from '../src/cli.ts';
import { ProgressFile } from '../src/learner/progress.ts';
import { createProgram } from '../src/program.ts';
import { texts } from '../src/texts/texts.ts';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = join(root, 'apps/lesson/src/main.ts');
export const loader = ['tsx', '--conditions=@calc/source', main];

/** The commands on the lessons of the project, for tests that run none of them. */
export function createTestProgram(language: Language) {
    const lessonsFolder = join(root, 'lessons');
    return createProgram({
        lessonsFolder,
        catalog: readCatalog(lessonsFolder),
        progress: new ProgressFile(lessonsFolder),
        texts: texts[language],
        language,
        signal: new AbortController().signal,
        env: {},
        keyboard: undefined,
        print: () => {},
        printError: () => {}
    });
}

/** A copy of lessons 01 and 02, where a test may do anything. Below node_modules, so that servers find Express. */
export function copyLessons() {
    const cache = join(root, 'node_modules/.cache/mcp-calculator');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'lessons-'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const slug of ['01-a-stream-by-hand', '02-the-protocol-by-hand']) {
        for (const part of ['lesson.json', 'problem', 'solution']) {
            cpSync(join(root, 'lessons', slug, part), join(folder, slug, part), { recursive: true });
        }
    }
    const first = join(folder, '01-a-stream-by-hand');
    const work = join(first, 'work/server.ts');
    const solution = readFileSync(join(first, 'solution/server.ts'), 'utf8');
    return {
        folder,
        first,
        work,
        solution,
        /** Runs a command without a terminal. */
        async run(...args: string[]) {
            const printed: string[] = [];
            const errors: string[] = [];
            const code = await run(args, {
                print: text => printed.push(text),
                printError: text => errors.push(text),
                env: { LESSONS_FOLDER: folder, LANG: 'en_GB' },
                signal: new AbortController().signal,
                keyboard: undefined
            });
            return { code, stdout: printed.join('\n'), stderr: errors.join('\n') };
        },
        /** Runs a command in a process of its own. */
        inProcess: (...args: string[]) =>
            runNode('--import', [...loader, ...args], { LESSONS_FOLDER: folder }, '', root),
        inTerminal: (args: string[], env: Record<string, string> = {}) =>
            runInTerminal('--import', [...loader, ...args], { env: { LESSONS_FOLDER: folder, ...env }, columns: 100 }),
        [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    };
}

/** The processes that run a file below the folder. */
export function processesBelow(folder: string): string[] {
    const all = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    return all.filter(line => line.includes(folder) && line.includes('server.ts'));
}
