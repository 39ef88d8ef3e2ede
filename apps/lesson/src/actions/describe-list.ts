import type { Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { hasWork } from '../learner/working-copy.ts';

/** One line for each lesson, and what comes next. */
export function describeList(context: Context): string {
    const { catalog, progress, texts } = context;
    const { lessons } = progress.read();
    const open = catalog.filter(({ number }) => lessons[number]?.passedAt === undefined);
    const end = open[0] ? texts.startNext(open[0].number) : texts.allPassed;
    const count = texts.passedOf(catalog.length - open.length, catalog.length);
    return [...catalog.map(lesson => lessonLine(lesson, context)), '', `${count} ${end}`].join('\n');
}

/** Number, title and minutes of a lesson, marked if it is passed or started. */
export function lessonLine(lesson: Lesson, { catalog, progress, texts, language }: Context): string {
    const hasPassed = progress.of(lesson.number).passedAt !== undefined;
    const mark = hasPassed ? '✓' : hasWork(lesson) ? '▸' : ' ';
    const width = Math.max(...catalog.map(({ title }) => title[language].length));
    return `${mark} ${lesson.number}  ${lesson.title[language].padEnd(width)}  ${texts.minutes(lesson.minutes).padStart(6)}`;
}
