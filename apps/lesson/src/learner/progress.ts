import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.object({ en: z.string(), fr: z.string() });

/** The check that did not pass: its id, its title, and the report. */
const failure = z.object({ check: z.string(), title: text, report: text });

const lessonProgress = z.object({
    startedAt: z.string().optional(),
    passedAt: z.string().optional(),
    lastCheck: z.object({ at: z.string(), status: z.string(), failure: failure.optional() }).optional(),
    /** How many hints the learner has seen of each check. */
    hints: z.record(z.string(), z.int()).optional()
});

/** The board of a teacher, and the name that the learner has chosen for it. */
const board = z.object({
    url: z.string(),
    name: z.string(),
    /** The name that the board shows, if another learner had this one first. */
    shownAs: z.string().optional(),
    code: z.string().optional(),
    /** Whether the last post failed, which the learner has been told. */
    isLost: z.boolean().default(false)
});

const progress = z.object({
    current: z.string().optional(),
    lessons: z.record(z.string(), lessonProgress),
    board: board.optional(),
    /** By which a board knows this working copy, whatever the name. */
    learner: z.string().optional()
});

export type LessonProgress = z.infer<typeof lessonProgress>;
export type JoinedBoard = z.infer<typeof board>;
export type Progress = z.infer<typeof progress>;

/** What the learner has done, in a file that git ignores. Two commands at once may write: each reads it anew. */
export class ProgressFile {
    readonly #path: string;

    constructor(lessonsFolder: string) {
        this.#path = join(lessonsFolder, '.progress.json');
    }

    /** Without a file, or with a broken one, nothing has been done yet. */
    read(): Progress {
        try {
            return progress.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
        } catch {
            return { lessons: {} };
        }
    }

    of(number: string): LessonProgress {
        return this.read().lessons[number] ?? {};
    }

    /** Makes this lesson the current one, and sets the members given. */
    update(number: string, members: LessonProgress): void {
        const { lessons, ...others } = this.read();
        this.#write({
            ...others,
            current: number,
            lessons: { ...lessons, [number]: { ...lessons[number], ...members } }
        });
    }

    /** The id of the learner, which is chosen at its first use. */
    learner(): string {
        const before = this.read();
        const learner = before.learner ?? randomBytes(16).toString('hex');
        if (!before.learner) this.#write({ ...before, learner });
        return learner;
    }

    /** Joins a board, or leaves it. */
    setBoard(board: JoinedBoard | undefined): void {
        this.#write({ ...this.read(), board });
    }

    #write(next: Progress): void {
        // A reader never sees half of a file.
        const scratch = `${this.#path}.${process.pid}`;
        writeFileSync(scratch, `${JSON.stringify(next, undefined, 4)}\n`);
        renameSync(scratch, this.#path);
    }
}
