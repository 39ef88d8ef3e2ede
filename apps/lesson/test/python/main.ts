// Grades the servers of lessons/other-languages/python: solutions pass, and problems fail the check that they teach.
// Their packages come from the registry of Python, so this is a script of its own: `npm run test:python`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailure, gradeServer, inLanguage, Unreachable } from '@calc/grader';
import { type Lesson, readCatalog } from '../../src/catalog/catalog.ts';
import { findFreePort } from '../../src/learner/free-port.ts';
import { listening, startProgram } from '../../src/learner/start-process.ts';
import { createSurroundings } from '../../src/learner/surroundings.ts';
import { makeEnvironment, PythonMissing } from './environment.ts';

/** How long a check waits for one thing, in milliseconds. */
const LIMIT_MS = 5000;
/** How long Python may take to load a server's packages, in milliseconds. */
const START_MS = 60_000;

/** Problems that fail another check than the same lesson's problem in TypeScript. */
const OTHER_FAULTS: Record<string, string> = {
    // The low-level server of Python's SDK serves many clients: a second one connects, and replaces the first.
    '04': 'second-keeps-first'
};

const root = join(import.meta.dirname, '../../../..');
const servers = join(root, 'lessons/other-languages/python');

try {
    const python = await makeEnvironment(join(servers, 'requirements.txt'), join(root, 'node_modules/.cache'));
    const lessons = readCatalog(join(root, 'lessons')).filter(({ slug }) => existsSync(join(servers, slug)));
    let wrong = 0;
    for (const lesson of lessons) {
        const verdicts = [grade(python, lesson, 'solution'), grade(python, lesson, 'problem')];
        for (const verdict of await Promise.all(verdicts)) wrong += verdict ? 0 : 1;
    }
    if (wrong > 0) process.exitCode = 1;
    else console.log(`${lessons.length} lessons in Python: the solutions pass, and the problems fail as they teach`);
} catch (error) {
    if (!(error instanceof PythonMissing)) throw error;
    console.log(`left out: the servers in Python, because ${error.message}`);
}

/** Grades one server. Prints the verdict, and returns whether it is the right one. */
async function grade(python: string, lesson: Lesson, kind: 'solution' | 'problem'): Promise<boolean> {
    const { number, slug, hints } = lesson;
    const expected = kind === 'solution' ? 'pass' : (OTHER_FAULTS[number] ?? hints[0]?.check);
    const port = await findFreePort();
    await using surroundings = await createSurroundings(lesson, lesson.folder);
    const env = { PORT: String(port), ...surroundings.env };
    await using process = startProgram(python, [join(servers, slug, kind, 'server.py')], env);
    try {
        await listening(process, port, START_MS);
    } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        console.log(`${number} ${kind}: ${inLanguage(error.reason, 'en')}`);
        return false;
    }
    const target = { url: `http://localhost:${port}/sse`, process, ...surroundings.target };
    const result = await gradeServer(number, target, { seed: Date.now() % 2 ** 32, limitMs: LIMIT_MS });
    const failed = result.checks.find(({ status }) => status !== 'pass');
    const verdict = result.status === 'error' ? 'error' : (failed?.id ?? result.status);
    console.log(`${number} ${kind}: ${verdict}${verdict === expected ? '' : `, expected ${expected}`}`);
    if (verdict !== expected) console.log(describeFailure(result, 'en'));
    return verdict === expected;
}
