import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { createWork, describeEdited } from '../learner/working-copy.ts';

/** Makes the copy that the learner edits, unless there is one; says where it is, and what to read. */
export function startLesson(lesson: Lesson, { progress, texts, language }: Context): string {
    const isNew = createWork(lesson);
    const { startedAt = new Date().toISOString() } = progress.of(lesson.number);
    progress.update(lesson.number, { startedAt });
    const shown = (path: string) => relative(process.cwd(), path);
    const files = describeEdited(lesson);
    return [
        `${lesson.number}. ${lesson.title[language]} (${texts.minutes(lesson.minutes)})`,
        lesson.goal[language],
        '',
        isNew ? texts.created(files) : texts.continued(files),
        texts.read(shown(readmeOf(lesson, language))),
        texts.checkWith(lesson.number)
    ].join('\n');
}

/** The README in the language, or in English. */
export function readmeOf({ folder }: Lesson, language: string): string {
    const translated = join(folder, `README.${language}.md`);
    return existsSync(translated) ? translated : join(folder, 'README.md');
}
