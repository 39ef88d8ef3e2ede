import { join } from 'node:path';
import { checkFolder } from '../actions/check-lesson.ts';
import type { Lesson } from '../catalog/catalog.ts';
import { explain, GoldenFiles } from './golden.ts';
import { gradeMustFail, type MustFail } from './must-fail.ts';
import { gradeHosted } from './run/grade-hosted.ts';
import type { ServerHost } from './run/server-host.ts';
import type { Slots } from './run/slots.ts';
import { readVariants, type Variant, writeVariant } from './variants.ts';

/** What the lessons of one verification share. */
export interface Workshop {
    host: ServerHost;
    /** Processes that run at once. */
    processes: Slots;
    /** Variants that are graded in the host at once; they mostly wait. */
    hosted: Slots;
    /** A folder for the code of the variants, from which node finds the packages of the lessons. */
    folder: string;
    /** Whether the golden files are written instead of compared. */
    update: boolean;
}

/** What was found in one lesson. */
export interface LessonReport {
    number: string;
    title: string;
    solutionPasses: boolean;
    /** The check that the problem must fail, and that its first hints are about. */
    problemFails: string;
    variants: number;
    /** How many of the variants needed a second look, in a process of their own. */
    repeated: number;
    seconds: number;
    /** What is not as it should be. */
    faults: string[];
}

// Fixed, so that the words of a failure are the same each time.
const options = { seed: 16, limitMs: 2000 };

/** Grades a lesson's own code: the solution passes; the problem and each variant fail for the reason named. */
export async function verifyLesson(lesson: Lesson, workshop: Workshop): Promise<LessonReport> {
    const start = performance.now();
    const variants = await readVariants(lesson);
    const golden = new GoldenFiles(lesson);
    const problemFails = lesson.hints[0]?.check ?? '';
    const subjects = [
        { name: 'problem', check: problemFails, ways: waysToProblem(lesson, workshop) },
        ...variants.map(variant => ({
            name: variant.name,
            check: variant.fails,
            ways: waysToVariant(lesson, variant, workshop)
        }))
    ];
    const wordsOf = (name: string) => (workshop.update ? undefined : golden.wordsOf(name));
    const mains = [lesson.main, ...lesson.also];
    const [solutionFaults, ...failed] = await Promise.all([
        Promise.all(mains.map(main => verifySolution({ ...lesson, main }, workshop))),
        ...subjects.map(subject => gradeMustFail({ ...subject, golden: wordsOf(subject.name) }))
    ]);
    if (workshop.update) golden.write(failed.map(({ words }) => words));
    const goldenFaults = workshop.update ? [] : golden.findFaults(subjects.map(({ name }) => name));
    return {
        number: lesson.number,
        title: lesson.title.en,
        solutionPasses: solutionFaults.every(fault => fault === undefined),
        problemFails,
        variants: variants.length,
        repeated: failed.filter(({ tries }) => tries > 1).length,
        seconds: (performance.now() - start) / 1000,
        faults: [...solutionFaults, ...failed.map(({ fault }) => fault), ...goldenFaults].filter(
            fault => fault !== undefined
        )
    };
}

/** A second try tells a slow machine from a wrong solution. */
async function verifySolution(lesson: Lesson, workshop: Workshop): Promise<string | undefined> {
    const grade = () => gradeAlone(lesson, join(lesson.folder, 'solution'), workshop, true);
    let result = await grade();
    if (result.status !== 'pass') result = await grade();
    return result.status === 'pass' ? undefined : `solution/${lesson.main} fails:\n${explain(result)}`;
}

function waysToProblem(lesson: Lesson, workshop: Workshop): MustFail['ways'] {
    const alone = () => gradeAlone(lesson, join(lesson.folder, 'problem'), workshop);
    return [alone, alone];
}

function waysToVariant(lesson: Lesson, variant: Variant, workshop: Workshop): MustFail['ways'] {
    const folder = join(workshop.folder, `${lesson.number}-${variant.name}`);
    writeVariant(lesson, variant, folder);
    const started = { ...lesson, main: variant.main ?? lesson.main };
    const alone = () => gradeAlone(started, folder, workshop);
    const shared = () => workshop.hosted.run(() => gradeHosted(workshop.host, started, folder, options));
    return lesson.kind === 'server' && !variant.process ? [shared, alone] : [alone, alone];
}

/** Grades code in a process of its own, as the lesson command does for the learner. */
const gradeAlone = (lesson: Lesson, folder: string, { processes }: Workshop, all = false) =>
    processes.run(() => checkFolder(lesson, folder, { ...options, all }));
