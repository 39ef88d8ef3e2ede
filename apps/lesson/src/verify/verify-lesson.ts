import { join } from 'node:path';
import { type CheckResult, idsOf, type LessonResult, type RunOptions } from '@calc/grader';
import { checkFolder } from '../actions/check-lesson.ts';
import type { Lesson } from '../catalog/catalog.ts';
import { explain, GoldenFiles, LIMIT_MS, PATIENT_MS } from './golden.ts';
import { gradeMustFail, type MustFail } from './must-fail.ts';
import { findReadmeFaults } from './readme/run-readme.ts';
import { findContinuationFaults, findTableFaults } from './rules.ts';
import { gradeHosted } from './run/grade-hosted.ts';
import type { ServerHost } from './run/server-host.ts';
import type { Slots } from './run/slots.ts';
import { findCodeFaults } from './texts/code-blocks.ts';
import { findFrenchFaults } from './texts/french.ts';
import type { Term } from './texts/glossary.ts';
import { copyProblem, readVariants, type Variant, writeVariant } from './variants.ts';

/** What the lessons of one verification share. */
export interface Workshop {
    catalog: readonly Lesson[];
    glossary: readonly Term[];
    host: ServerHost;
    /** Processes that run at once. */
    processes: Slots;
    /** Variants that are graded in the host at once; they mostly wait. */
    hosted: Slots;
    /** A folder for the code of the variants, from which node finds the packages of the lessons. */
    folder: string;
    /** Whether the golden files are written instead of compared. */
    update: boolean;
    /** Whether only servers are graded, in the host, without the variants, and no command of a README is run. */
    quick: boolean;
}

/** What was found in one lesson. */
export interface LessonReport {
    number: string;
    title: string;
    solutionPasses: boolean;
    /** The check that the problem must fail, and that its first hints are about. */
    problemFails: string;
    /** What came of its checks on the solution. */
    checks: readonly CheckResult[];
    variants: number;
    /** How many of the variants needed a second look, in a process of their own. */
    repeated: number;
    seconds: number;
    /** What is not as it should be. */
    faults: string[];
}

// Fixed, so that the words of a failure are the same each time.
const options = { seed: 16, limitMs: LIMIT_MS };

/** Longest time until a server listens, in milliseconds. Other tests may run on the same machine. */
const START_LIMIT_MS = 60_000;

/** The problem, or a variant. */
interface Subject extends Pick<Variant, 'name' | 'fails' | 'main' | 'process'> {
    /** Writes its code into a folder. */
    write(folder: string): void;
}

/** Grades a lesson's own code: the solution passes; the problem and each variant fail for the reason named. */
export async function verifyLesson(lesson: Lesson, workshop: Workshop): Promise<LessonReport> {
    const start = performance.now();
    const variants = await readVariants(lesson);
    const golden = new GoldenFiles(lesson);
    const problemFails = lesson.hints[0]?.check ?? '';
    const inProcess = lesson.kind !== 'server';
    const subjects: Subject[] = [
        { name: 'problem', fails: problemFails, process: inProcess, write: folder => copyProblem(lesson, folder) },
        ...variants.map(variant => ({
            process: inProcess,
            ...variant,
            write: (folder: string) => writeVariant(lesson, variant, folder)
        }))
    ];
    const toMustFail = (subject: Subject): MustFail => ({
        name: subject.name,
        check: subject.fails,
        golden: workshop.update ? undefined : golden.wordsOf(subject.name),
        ways: waysTo(subject, lesson, workshop)
    });
    const mains = [lesson.main, ...lesson.also];
    const solutionsToGrade = workshop.quick && lesson.kind !== 'server' ? [] : mains;
    const graded = workshop.quick ? subjects.filter(isRepresentative) : subjects;
    const [readmeFaults, solutions, ...failed] = await Promise.all([
        workshop.quick ? [] : workshop.processes.run(() => findReadmeFaults(lesson)),
        Promise.all(solutionsToGrade.map(main => gradeSolution({ ...lesson, main }, workshop))),
        ...graded.map(subject => gradeMustFail(toMustFail(subject)))
    ]);
    if (workshop.update) {
        // A server that did not start, or failed for another reason, has no words worth keeping.
        const known = subjects.map(({ name }, index) => (failed[index]?.fault ? golden.wordsOf(name) : undefined));
        golden.write(failed.map(({ words }, index) => known[index] ?? words));
    }

    const wrongSolution = solutions.find(({ status }) => status !== 'pass');
    const checks = solutions[0]?.checks ?? [];
    return {
        number: lesson.number,
        title: lesson.title.en,
        solutionPasses: !wrongSolution,
        problemFails,
        checks,
        variants: variants.length,
        repeated: failed.filter(({ tries }) => tries > 1).length,
        seconds: (performance.now() - start) / 1000,
        faults: [
            ...(wrongSolution ? [`the solution fails:\n${explain(wrongSolution)}`] : []),
            ...findTableFaults(lesson, variants, idsOf(lesson.number)),
            ...failed.map(({ fault }) => fault).filter(fault => fault !== undefined),
            ...(workshop.update ? [] : golden.findFaults(subjects.map(({ name }) => name))),
            ...findContinuationFaults(lesson, workshop.catalog),
            ...findCodeFaults(lesson.folder),
            ...readmeFaults,
            ...findFrenchFaults(lesson.folder, workshop.glossary)
        ]
    };
}

/** The problem, where it needs no process of its own. */
function isRepresentative({ process }: Subject, index: number): boolean {
    return !process && index === 0;
}

/** A second try tells a slow machine from a wrong solution. */
async function gradeSolution(lesson: Lesson, workshop: Workshop): Promise<LessonResult> {
    const folder = join(lesson.folder, 'solution');
    const grade = (limitMs: number) => gradeAlone(lesson, folder, workshop, { ...options, limitMs, all: true });
    const result = await (workshop.quick ? gradeInHost(lesson, folder, workshop) : grade(LIMIT_MS));
    return result?.status === 'pass' ? result : await grade(PATIENT_MS);
}

/** Without the checks that need processes. Undefined if the host cannot judge the server. */
function gradeInHost(lesson: Lesson, folder: string, { host, hosted }: Workshop): Promise<LessonResult | undefined> {
    const { client, ...server } = lesson;
    return hosted.run(() => gradeHosted(host, server, folder, { ...options, all: true }).catch(() => undefined));
}

/** The second try tells a slow machine from a wrong result; only a process of its own shows how a server ends. */
function waysTo(subject: Subject, lesson: Lesson, workshop: Workshop): MustFail['ways'] {
    const { name, write, process, main = lesson.main } = subject;
    const { host, hosted } = workshop;
    const started = { ...lesson, main };
    // Each try has a copy of the code: node does not load the same file again.
    const copies = [1, 2, 3].map(copy => join(workshop.folder, `${lesson.number}-${name}-${copy}`));
    const alone = (folder: string, index: number) => () => {
        write(folder);
        const limitMs = index === 2 ? PATIENT_MS : LIMIT_MS;
        return gradeAlone(started, folder, workshop, { ...options, limitMs });
    };
    const shared = (folder: string) => () =>
        hosted.run(() => {
            write(folder);
            return gradeHosted(host, started, folder, options);
        });
    return copies.map((folder, index) => (process || index === 2 ? alone(folder, index) : shared(folder)));
}

/** Grades code in a process of its own, as the lesson command does for the learner. */
const gradeAlone = (lesson: Lesson, folder: string, { processes }: Workshop, how: RunOptions) =>
    processes.run(() => checkFolder(lesson, folder, { ...how, startLimitMs: START_LIMIT_MS }));
