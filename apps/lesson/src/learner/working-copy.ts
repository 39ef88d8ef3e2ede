import { cpSync, existsSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Lesson } from '../catalog/catalog.ts';

/** The folder that the learner edits. Git ignores it. */
export const workFolder = ({ folder }: Lesson): string => join(folder, 'work');

/** The file that runs, or that the browser opens. */
export const mainFile = (lesson: Lesson): string => join(workFolder(lesson), lesson.main);

/** The files that the learner edits, as a line: the first with its path, the others by their names. */
export function describeEdited(lesson: Lesson): string {
    const [first = lesson.main, ...others] = lesson.edit ?? [];
    return [relative(process.cwd(), join(workFolder(lesson), first)), ...others].join(', ');
}

export const hasWork = (lesson: Lesson): boolean => existsSync(workFolder(lesson));

/** Copies the problem into the folder that the learner edits. Returns false, and changes nothing, if that exists. */
export function createWork(lesson: Lesson): boolean {
    if (hasWork(lesson)) return false;
    cpSync(join(lesson.folder, 'problem'), workFolder(lesson), { recursive: true });
    return true;
}

/**
 * Starts again from the problem.
 *
 * @returns the folder that keeps what the learner had written; undefined if there was nothing.
 */
export function resetWork(lesson: Lesson): string | undefined {
    const saved = hasWork(lesson) ? saveWork(lesson) : undefined;
    createWork(lesson);
    return saved;
}

function saveWork(lesson: Lesson): string {
    // Windows allows no colon in a name.
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const free = (name: string) => !existsSync(join(lesson.folder, name));
    const name = `work.saved-${time}`;
    const names = [name, ...Array.from({ length: 99 }, (_, index) => `${name}-${index + 2}`)];
    const saved = join(lesson.folder, names.find(free) ?? `${name}-${process.hrtime.bigint()}`);
    renameSync(workFolder(lesson), saved);
    return saved;
}
