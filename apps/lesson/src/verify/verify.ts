import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../catalog/catalog.ts';
import { findRepeatedChecks } from './rules.ts';
import { ServerHost } from './run/server-host.ts';
import { Slots } from './run/slots.ts';
import { acceptFrench, findFrenchFaults } from './texts/french.ts';
import { readGlossary } from './texts/glossary.ts';
import { type LessonReport, verifyLesson, type Workshop } from './verify-lesson.ts';

/** Verifies lessons; what they share ends with its scope. */
export class Verification implements Disposable {
    readonly #lessonsFolder: string;
    readonly #workshop: Workshop;

    /**
     * @param update whether the golden files are written instead of compared.
     * @param quick whether no variant is graded, and no command of a README is run.
     */
    constructor(lessonsFolder: string, catalog: readonly Lesson[], { update = false, quick = false } = {}) {
        this.#lessonsFolder = lessonsFolder;
        this.#workshop = {
            catalog,
            glossary: readGlossary(lessonsFolder),
            host: new ServerHost(),
            // Two cores start processes; grading mostly waits.
            processes: new Slots(3),
            hosted: new Slots(12),
            // From here node finds the packages that the lessons import.
            folder: mkdtempSync(join(lessonsFolder, '.work-')),
            update,
            quick
        };
    }

    async verify(lesson: Lesson): Promise<LessonReport> {
        return await verifyLesson(lesson, this.#workshop);
    }

    /** What is not as it should be in the lessons as a whole. */
    findSharedFaults(reports: readonly LessonReport[]): string[] {
        return [
            ...findRepeatedChecks(reports),
            ...findFrenchFaults(this.#lessonsFolder, this.#workshop.glossary).map(fault => `lessons/${fault}`)
        ];
    }

    [Symbol.dispose](): void {
        this.#workshop.host[Symbol.dispose]();
        rmSync(this.#workshop.folder, { recursive: true, force: true });
    }
}

/** Marks the French of these lessons as made from the English as it is, and the page of all lessons if `shared`. */
export function acceptAllFrench(lessonsFolder: string, lessons: readonly Lesson[], shared: boolean): void {
    const glossary = readGlossary(lessonsFolder);
    for (const { folder } of lessons) acceptFrench(folder, glossary);
    if (shared) acceptFrench(lessonsFolder, glossary);
}
