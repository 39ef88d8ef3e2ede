import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../catalog/catalog.ts';
import { ServerHost } from './run/server-host.ts';
import { Slots } from './run/slots.ts';
import { type LessonReport, verifyLesson } from './verify-lesson.ts';

/** Verifies lessons; what they share ends with its scope. */
export class Verification implements Disposable {
    readonly #host = new ServerHost();
    readonly #folder: string;
    readonly #update: boolean;
    // Two cores start processes; grading mostly waits.
    readonly #processes = new Slots(4);
    readonly #hosted = new Slots(16);

    /** @param update whether the golden files are written instead of compared. */
    constructor(lessonsFolder: string, update = false) {
        // From here node finds the packages that the lessons import.
        this.#folder = mkdtempSync(join(lessonsFolder, '.work-'));
        this.#update = update;
    }

    async verify(lesson: Lesson): Promise<LessonReport> {
        return await verifyLesson(lesson, {
            host: this.#host,
            processes: this.#processes,
            hosted: this.#hosted,
            folder: this.#folder,
            update: this.#update
        });
    }

    [Symbol.dispose](): void {
        this.#host[Symbol.dispose]();
        rmSync(this.#folder, { recursive: true, force: true });
    }
}
