import { join } from 'node:path';
import type { Lesson } from '../catalog/catalog.ts';
import { checkFolder } from '../check/check-lesson.ts';
import { explain, languages, readGolden, writeGolden } from './failures.ts';
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
    const golden = new Map(languages.map(language => [language, readGolden(lesson, language)]));
    const goldenOf = (name: string) => ({ en: golden.get('en')?.get(name), fr: golden.get('fr')?.get(name) });
    const toGolden = (name: string) => (workshop.update ? undefined : goldenOf(name));
    const problemFails = lesson.hints[0]?.check ?? '';

    const subjects: MustFail[] = [
        { name: 'problem', check: problemFails, golden: toGolden('problem'), ways: waysToProblem(lesson, workshop) },
        ...variants.map(variant => ({
            name: variant.name,
            check: variant.fails,
            golden: toGolden(variant.name),
            ways: waysToVariant(lesson, variant, workshop)
        }))
    ];
    const [solutionFaults, ...failed] = await Promise.all([
        verifySolution(lesson, workshop),
        ...subjects.map(gradeMustFail)
    ]);

    const faults = [...solutionFaults, ...failed.flatMap(({ faults }) => faults)];
    if (workshop.update) {
        for (const language of languages)
            writeGolden(
                lesson,
                language,
                failed.map(({ words }) => words[language])
            );
    } else {
        const known = new Set(subjects.map(({ name }) => name));
        const stale = [...(golden.get('en')?.keys() ?? [])].filter(name => !known.has(name));
        for (const name of stale) faults.push(`wrong/failures.en.txt has ${name}, which is not a variant`);
    }
    return {
        number: lesson.number,
        title: lesson.title.en,
        solutionPasses: solutionFaults.length === 0,
        problemFails,
        variants: variants.length,
        repeated: failed.filter(({ tries }) => tries > 1).length,
        seconds: (performance.now() - start) / 1000,
        faults
    };
}

async function verifySolution(lesson: Lesson, { processes }: Workshop): Promise<string[]> {
    const folder = join(lesson.folder, 'solution');
    const result = await processes.run(() => checkFolder(lesson, folder, { ...options, all: true }));
    return result.status === 'pass' ? [] : [`the solution fails:\n${explain(result)}`];
}

function waysToProblem(lesson: Lesson, { processes }: Workshop): MustFail['ways'] {
    const alone = () => processes.run(() => checkFolder(lesson, join(lesson.folder, 'problem'), options));
    return [alone, alone];
}

/** Golden files are written from the surest way, a process of its own. */
function waysToVariant(lesson: Lesson, variant: Variant, workshop: Workshop): MustFail['ways'] {
    const { host, hosted, processes, update } = workshop;
    const folder = join(workshop.folder, `${lesson.number}-${variant.name}`);
    writeVariant(lesson, variant, folder);
    const alone = () => processes.run(() => checkFolder(lesson, folder, options));
    const shared = () => hosted.run(() => gradeHosted(host, lesson, folder, options));
    if (update) return [alone];
    return lesson.kind === 'server' && !lesson.process ? [shared, alone] : [alone, alone];
}
