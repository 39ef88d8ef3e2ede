import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';
import type { Variant } from './variants.ts';

const MIN_VARIANTS = 5;
/** Of one check, from mild to full. */
const MIN_HINTS = 2;

/** Compares the hints and variants of a lesson with the checks that ran on its solution. */
export function findTableFaults(
    { hints }: Lesson,
    variants: readonly Pick<Variant, 'name' | 'fails'>[],
    checks: readonly string[]
): string[] {
    const isUnknown = (check: string) => !checks.includes(check);
    const hintsOf = (check: string) => hints.filter(hint => hint.check === check).length;
    return [
        ...checks
            .filter(check => hintsOf(check) < MIN_HINTS)
            .map(check => `lesson.json has ${hintsOf(check)} hints for the check ${check}, not two or three`),
        ...hints
            .filter(({ check }) => isUnknown(check))
            .map(({ check }) => `lesson.json has a hint for ${check}, which is not a check of this lesson`),
        ...variants
            .filter(({ fails }) => isUnknown(fails))
            .map(({ name, fails }) => `variant ${name} fails ${fails}, which is not a check of this lesson`),
        ...(variants.length < MIN_VARIANTS ? [`there are ${variants.length} wrong variants, not at least five`] : [])
    ];
}

/** Finds what keeps a problem from being the solution of the lesson that it continues, with lines added. */
export function findContinuationFaults(lesson: Lesson, catalog: readonly Lesson[]): string[] {
    const { continues } = lesson;
    if (continues === undefined) return [];
    const before = catalog.find(({ number }) => number === continues);
    if (!before) return [`lesson.json continues lesson ${continues}, which does not exist`];
    const solution = join(before.folder, 'solution');
    return readdirSync(solution).flatMap(name => {
        const path = join(lesson.folder, 'problem', name);
        if (!existsSync(path)) return [`problem/${name} is missing: the solution of lesson ${continues} has it`];
        const lost = firstLostLine(readLines(join(solution, name)), readLines(path));
        return lost === undefined
            ? []
            : [`problem/${name} lacks a line of the solution of lesson ${continues}, or has it elsewhere: ${lost}`];
    });
}

const readLines = (path: string) => readFileSync(path, 'utf8').split('\n');

/** The first line that does not follow in the other lines, in order. */
function firstLostLine(lines: string[], others: string[]): string | undefined {
    let next = 0;
    for (const line of lines) {
        const found = others.indexOf(line, next);
        if (found === -1) return line.trim();
        next = found + 1;
    }
    return undefined;
}

/**
 * Ids that stand for different checks in two lessons: progress, hints and variants find a check by its id. A lesson may
 * have a check of another lesson, with the same words.
 */
export function findRepeatedChecks(reports: readonly { number: string; checks: readonly CheckResult[] }[]): string[] {
    const owners = new Map<string, { number: string; words: string }>();
    const faults: string[] = [];
    for (const { number, checks } of reports) {
        for (const check of checks) {
            // The result of a check that passed has only what the check says of itself.
            const words = JSON.stringify(check);
            const owner = owners.get(check.id);
            if (!owner) owners.set(check.id, { number, words });
            else if (owner.words !== words)
                faults.push(`the lessons ${owner.number} and ${number} have different checks with the id ${check.id}`);
        }
    }
    return faults;
}
